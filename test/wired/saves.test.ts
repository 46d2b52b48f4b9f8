/**
 * Several saves of one journey in one batch of the stream. They must take effect in the order in which they were made,
 * also when Lambda delivers a batch again after a crash.
 */
import type { DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Publication } from "../../lambdas/app/publication.ts";
import { brief } from "../behaviour/scenario-of.ts";
import { Lots } from "../fuzz/lots.ts";
import { failures, streamed } from "./aws/deliveries.ts";
import { Fault } from "./aws/loopback.ts";
import { Stack } from "./stack.ts";

const JOURNEYS = 20;

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({}, 1);
});
afterAll(() => stack?.stop());

const pointer = (id: string) =>
  stack.tables.items("the-journeys").find((item) => item.id === "~live" && item.version === id);
const document = (id: string) =>
  stack.tables.items("the-journeys").find((item) => item.id === id && item.version === "current");
const outcome = (id: string) => document(id)?.publication as Publication | undefined;

/** The stream records of active journeys that an admin saves with one status after the other. */
async function savesOf(ids: readonly string[], statuses: readonly string[]): Promise<DynamoDBRecord[]> {
  const active = ids.map((id) => ({ ...brief({ id, trigger: { event: id } }), version: "current" }));
  for (const document of active) stack.tables.put("the-journeys", document);
  await stack.follow("journey-publisher");
  stack.tables.changes("the-journeys");
  for (const status of statuses)
    for (const document of active) stack.tables.put("the-journeys", { ...document, status });
  return stack.tables.changes("the-journeys");
}

const saves = (id: string, ...statuses: readonly string[]) => savesOf([id], statuses);

test.each([
  ["paused, then stopped", ["paused", "stopped"]],
  ["stopped, then active", ["stopped", "active"]],
  ["paused, stopped, active, then paused", ["paused", "stopped", "active", "paused"]],
])("%s, in one batch: the last save wins", async (name, statuses) => {
  // Requests overtake each other, as they do on AWS.
  const lots = new Lots(7);
  stack.aws.latency = () => lots.below(12);
  const ids = Array.from({ length: JOURNEYS }, (_, n) => `${name.replaceAll(/[^a-z]+/g, "-")}-${n}`);
  await stack.call("journey-publisher", streamed(await savesOf(ids, statuses)));
  stack.aws.latency = () => 0;
  const ended = ids.map((id) => `${pointer(id)?.status}, ${outcome(id)?.state}`);
  expect(new Set(ended)).toEqual(new Set([`${statuses.at(-1)}, published`]));
});

test("a batch that is delivered again does not undo the last save", async () => {
  const records = await saves("again", "paused", "stopped");
  await stack.call("journey-publisher", streamed(records));
  const answered = outcome("again");
  await stack.call("journey-publisher", streamed(records.slice(0, 1)));
  expect(pointer("again")?.status).toBe("stopped");
  expect(outcome("again")).toEqual(answered);
});

test("a sequence number with more digits is the later one", async () => {
  const [older, newer] = await saves("digits", "paused", "stopped");
  const numbered = (record: DynamoDBRecord | undefined, SequenceNumber: string) =>
    ({ ...record, dynamodb: { ...record?.dynamodb, SequenceNumber } }) as DynamoDBRecord;
  await stack.call("journey-publisher", streamed([numbered(newer, "100000000000000000000000")]));
  await stack.call("journey-publisher", streamed([numbered(older, "99999999999999999999999")]));
  expect(pointer("digits")?.status).toBe("stopped");
});

test("after a restore of the table, the first save of the new stream is newer than every save of the old one", async () => {
  const [save] = await saves("restored", "paused");
  const streams = "arn:aws:dynamodb:eu-central-1:111122223333:table/the-journeys/stream/";
  const of = (label: string, SequenceNumber: string) =>
    ({
      ...save,
      eventSourceARN: `${streams}${label}`,
      dynamodb: { ...save?.dynamodb, SequenceNumber },
    }) as DynamoDBRecord;
  await stack.call("journey-publisher", streamed([of("2026-01-01T00:00:00.000", "900")]));
  const stopped = { ...document("restored"), status: "stopped" };
  stack.tables.put("the-journeys", stopped);
  const [record] = stack.tables.changes("the-journeys").slice(-1);
  const later = of("2026-02-01T00:00:00.000", "1");
  const NewImage = record?.dynamodb?.NewImage;
  const OldImage = record?.dynamodb?.OldImage;
  await stack.call(
    "journey-publisher",
    streamed([{ ...later, dynamodb: { ...later.dynamodb, NewImage, OldImage } } as DynamoDBRecord]),
  );
  expect(pointer("restored")?.status).toBe("stopped");
});

test("when an older save fails, the newer save of the same journey waits for it; other journeys do not", async () => {
  const records = await saves("waits", "paused", "stopped");
  const others = await saves("other", "paused");
  stack.aws.fail("PutItem", new Fault("InternalServerError", "sorry", 500));
  const result = await stack.attempt("journey-publisher", streamed([...records, ...others]));
  expect(result).toEqual(failures(...records.map(({ dynamodb }) => String(dynamodb?.SequenceNumber))));
  expect([pointer("waits")?.status, pointer("other")?.status]).toEqual(["active", "paused"]);
  await stack.call("journey-publisher", streamed(records));
  expect(pointer("waits")?.status).toBe("stopped");
});
