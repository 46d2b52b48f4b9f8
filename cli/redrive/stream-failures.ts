/**
 * Reads, replays and deletes the failed batches in the bucket for failures. An object stays until all of its records
 * are handled. Handling a customer's record twice or late is safe, because functions decide by what is stored at that
 * time. A record of a saved journey is not replayed as it is: publishing an old save would undo a newer one.
 */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { imagesOf } from "../../lambdas/adapters/stream-records.ts";
import { sameContent, saveJourney } from "../deployed/saving.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { type FailedBatch, failedBatchOf, failedOf, parsed, type StreamTable } from "./failed-batch.ts";
import type { Action } from "./queues.ts";

type Event = NonNullable<FailedBatch["event"]>;

/** Performs the action on the objects with these ids, or on all that were there at the start, the oldest first. */
export async function* streamFailures(
  ids: ReadonlySet<string>,
  action: Action,
  stack: DeployedStack,
): AsyncGenerator<DeadLetter> {
  const objects = new S3Client(stack.settings);
  const Bucket = stack.output("FailuresBucketName");
  const tables = { customers: stack.output("CustomersTableName"), journeys: stack.output("JourneysTableName") };
  for (const Key of await keysIn(Bucket, objects)) {
    if (ids.size > 0 && !ids.has(Key.slice(Key.lastIndexOf("/") + 1))) continue;
    const body = await read(Bucket, Key, objects);
    if (body === undefined) continue;
    const { letter, event } = failedBatchOf(Key, body, tables);
    const stays = action === "replay" ? await replayed(event, stack) : undefined;
    if (action !== "list" && stays === undefined) await objects.send(new DeleteObjectCommand({ Bucket, Key }));
    yield stays === undefined ? letter : { ...letter, stays };
  }
}

async function keysIn(Bucket: string, client: S3Client): Promise<string[]> {
  const found: { key: string; at: number }[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: "aws/lambda/" }))
    for (const { Key, LastModified } of Contents)
      if (Key !== undefined) found.push({ key: Key, at: LastModified?.getTime() ?? 0 });
  return found.sort((a, b) => a.at - b.at).map(({ key }) => key);
}

/** `undefined` when another process has deleted it meanwhile. */
async function read(Bucket: string, Key: string, objects: S3Client): Promise<string | undefined> {
  try {
    const { Body } = await objects.send(new GetObjectCommand({ Bucket, Key }));
    return Body?.transformToString();
  } catch (error) {
    if ((error as Error).name === "NoSuchKey") return undefined;
    throw error;
  }
}

/** Why the object stays; `undefined` when all of its records are handled. */
function replayed(event: Event | undefined, stack: DeployedStack): Promise<string | undefined> {
  return event ? replays[event.of](event, stack) : Promise.resolve("it cannot be replayed");
}

const replays: Record<StreamTable, (event: Event, stack: DeployedStack) => Promise<string | undefined>> = {
  async customers({ Records }, stack) {
    const functions = new LambdaClient(stack.settings);
    const Payload = JSON.stringify({ Records });
    const FunctionName = stack.output("ExitEvaluatorName");
    const answer = await functions.send(new InvokeCommand({ FunctionName, Payload }));
    const said = parsed(answer.Payload?.transformToString() || "null");
    if (answer.FunctionError !== undefined) return `failed again: ${errorIn(said) ?? answer.FunctionError}`;
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
};

function errorIn(said: unknown): string | undefined {
  const message = (said as { errorMessage?: unknown } | null | undefined)?.errorMessage;
  return typeof message === "string" ? message : undefined;
}
