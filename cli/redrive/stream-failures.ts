/**
 * The bucket for failures of a stack: what the tables' streams gave up on. An object stays as it is until all of its
 * records are handled. Handling one twice, or late, does no harm to a customer: what a change means is judged on what
 * is stored by then. A saved journey is another matter, as publishing an old save would undo a newer one: see `again`.
 */
import { imagesOf } from "../../lambdas/adapters/stream-records.ts";
import { sameContent, saveJourney } from "../deployed/saving.ts";
import type { Stack } from "../stack.ts";
import type { DeadLetter } from "./dead-letter.ts";
import type { FailureBucket } from "./failure-bucket.ts";
import { type Followed, failedOf, type GivenUp, givenUpOf, parsed } from "./given-up.ts";
import type { Deed } from "./queues.ts";

type Event = NonNullable<GivenUp["event"]>;

/** Does the deed to those that are named, or to all that lay there at first, the oldest first. */
export async function* streamFailures(ids: ReadonlySet<string>, deed: Deed, stack: Stack): AsyncGenerator<DeadLetter> {
  const bucket = await stack.failureBucket();
  const tables = { customers: stack.output("CustomersTableName"), journeys: stack.output("JourneysTableName") };
  for (const key of await bucket.keys()) {
    if (ids.size > 0 && !ids.has(key.slice(key.lastIndexOf("/") + 1))) continue;
    const body = await bucket.read(key);
    if (body === undefined) continue;
    const { letter, event } = givenUpOf(key, body, tables);
    const stays = deed === "replay" ? await replayed(event, stack, bucket) : undefined;
    if (deed !== "list" && stays === undefined) await bucket.delete(key);
    yield stays === undefined ? letter : { ...letter, stays };
  }
}

/** Why it stays; `undefined` when everything in it is handled. */
function replayed(event: Event | undefined, stack: Stack, bucket: FailureBucket): Promise<string | undefined> {
  return event ? again[event.of](event, stack, bucket) : Promise.resolve("it cannot be replayed");
}

const again: Record<Followed, (event: Event, stack: Stack, bucket: FailureBucket) => Promise<string | undefined>> = {
  async customers({ Records }, _, bucket) {
    const { text, error } = await bucket.evaluate(Records);
    const said = parsed(text || "null");
    if (error !== undefined) return `failed again: ${errorIn(said) ?? error}`;
    const failed = failedOf(said, { Records });
    return failed.length === 0 ? undefined : `${failed.length} of ${Records.length} failed again`;
  },

  /** By saving once more what is saved now, if that is still what the record is about. */
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
};

function errorIn(said: unknown): string | undefined {
  const message = (said as { errorMessage?: unknown } | null | undefined)?.errorMessage;
  return typeof message === "string" ? message : undefined;
}
