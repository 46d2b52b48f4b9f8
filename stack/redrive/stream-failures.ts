/**
 * Reads, replays and deletes the failed batches in the bucket for failures. An object stays until all of its records
 * are handled. Handling a customer's record twice or late is safe, because functions decide by what is stored at that
 * time. A record of a saved journey is not replayed unchanged, because publishing an old save would undo a newer save.
 */

import { isLiveCopy } from "../../lambdas/adapters/dynamodb/journey-keys.ts";
import { imagesOf } from "../../lambdas/adapters/dynamodb/stream-records.ts";
import { sameContent, saveJourney, saveTemplateAgain } from "../deployed/saving.ts";
import type { FailureBucket } from "../failure-bucket.ts";
import type { Stack } from "../stack.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { type FailedBatch, failedBatchOf, failedOf, parsed, type StreamTable } from "./failed-batch.ts";
import type { Action } from "./queues.ts";

type Event = NonNullable<FailedBatch["event"]>;

/**
 * Performs the action on the objects with these ids, or on all that were there at the start, the oldest first. The objects
 * in `last` come after all others.
 */
export async function* streamFailures(
  ids: ReadonlySet<string>,
  action: Action,
  stack: Stack,
  last: ReadonlySet<string> = new Set(),
): AsyncGenerator<DeadLetter> {
  const bucket = await stack.failureBucket();
  const tables = {
    customers: stack.output("CustomersTableName"),
    journeys: stack.output("JourneysTableName"),
    templates: stack.output("TemplatesTableName"),
  };
  const keys = await bucket.keys();
  const isLast = (key: string) => last.has(idOf(key));
  for (const key of [...keys.filter((each) => !isLast(each)), ...keys.filter(isLast)]) {
    if (ids.size > 0 && !ids.has(idOf(key))) continue;
    const body = await bucket.read(key);
    if (body === undefined) continue;
    const { letter, event } = failedBatchOf(key, body, tables);
    const stays = action === "replay" ? await replayed(event, stack, bucket) : undefined;
    if (action !== "list" && stays === undefined) await bucket.delete(key);
    yield stays === undefined ? letter : { ...letter, stays };
  }
}

const idOf = (key: string) => key.slice(key.lastIndexOf("/") + 1);

/** Why the object stays; `undefined` when all of its records are handled. */
function replayed(event: Event | undefined, stack: Stack, bucket: FailureBucket): Promise<string | undefined> {
  return event ? replays[event.of](event, stack, bucket) : Promise.resolve("the object cannot be replayed");
}

const replays: Record<StreamTable, (event: Event, stack: Stack, bucket: FailureBucket) => Promise<string | undefined>> =
  {
    async customers({ Records }, _, bucket) {
      const { text, error } = await bucket.evaluate(Records);
      const said = parsed(text || "null");
      if (error !== undefined) return `failed again: ${errorIn(said) ?? error}`;
      const failed = failedOf(said, { Records });
      return failed.length === 0 ? undefined : `${failed.length} of ${Records.length} failed again`;
    },

    /** Saves the current document again, if it is still the document of the record. */
    async journeys({ Records }, stack) {
      for (const record of Records) {
        const { after } = imagesOf(record as unknown as Parameters<typeof imagesOf>[0]);
        const saved = after && (await stack.journey(String(after.id)));
        if (!saved || !sameContent(saved, after)) continue;
        const { state, problems } = await saveJourney(stack, saved);
        if (state === "unanswered") return problems[0]?.message ?? state;
      }
      return undefined;
    },

    /** Saves the current template again, if it is still the document of the record. */
    async templates({ Records }, stack) {
      for (const record of Records) {
        const { after } = imagesOf(record as unknown as Parameters<typeof imagesOf>[0]);
        const saved = after && (await stack.template(String(after.id)));
        if (!saved || isLiveCopy(saved.id) || !sameContent(saved, after)) continue;
        const { state, problems } = await saveTemplateAgain(stack, saved);
        if (state === "unanswered") return problems[0]?.message ?? state;
      }
      return undefined;
    },
  };

function errorIn(said: unknown): string | undefined {
  const message = (said as { errorMessage?: unknown } | null | undefined)?.errorMessage;
  return typeof message === "string" ? message : undefined;
}
