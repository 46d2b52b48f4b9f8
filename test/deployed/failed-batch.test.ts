/**
 * Stream records that failed for good: a function that really fails, the bucket, and `journeys redrive`. The tests use
 * their own stack, because in the emulator the failures of one function set off the alarms of all.
 */
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Item } from "../../stack/deployed/stack.ts";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

const cart = {
  id: "cart",
  name: "Cart",
  status: "active",
  trigger: { event: "checkout.started" },
  exit: [{ id: "bought", event: "order.placed" }],
  start: "rest",
  components: { rest: { type: "waitFor", branches: [{ id: "paid", event: "paid" }], within: "P30D" } },
};

let run: Running;
beforeAll(async () => {
  run = await running();
  expect(await run.stack.save(cart)).toMatchObject({ state: "published" });
}, 240_000);
afterAll(() => run?.stop(), 60_000);

const is = (customerId: string, what: (enrollment: Enrollment) => unknown) =>
  until(customerId, async () => (await run.stack.enrollments(customerId)).find(what), {
    instead: () => run.stack.enrollments(customerId),
  });

const json = async (...args: string[]) => {
  const { exitCode, out, err } = await run.journeys(...args, "--json");
  return { exitCode, err, answer: out === "" ? undefined : JSON.parse(out) };
};
const streams = async () =>
  ((await json("redrive", "--list")).answer.letters as Item[]).filter(({ queue }) => queue === "streams");
const put = async (name: string, call: Item, Records: Item[]) => {
  const Bucket = run.stack.output("FailuresBucketName");
  const Body = JSON.stringify({ ...call, payload: JSON.stringify({ Records }) });
  await new S3Client(run.stack.settings).send(new PutObjectCommand({ Bucket, Key: `aws/lambda/m/s/${name}`, Body }));
};
/** The emulator's form of a failed batch: Lambda's documented form without the response and the shard. */
const calls = async () => {
  const s3 = new S3Client(run.stack.settings);
  const Bucket = run.stack.output("FailuresBucketName");
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const bodies = Contents.map(async ({ Key }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? "");
  });
  return Promise.all(bodies);
};
const ids = (letters: readonly Item[]) => letters.map(({ messageId }) => String(messageId));

let call: Item;
let records: Item[];

test("a failed batch stays while the function fails, and is handled when the function works again", async () => {
  const functions = new LambdaClient(run.stack.settings);
  const FunctionName = run.stack.output("ExitEvaluatorName");
  const { Handler } = await functions.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const handledBy = (Handler: string | undefined) =>
    functions.send(new UpdateFunctionConfigurationCommand({ FunctionName, Handler }));
  await run.stack.publish("checkout.started", { customerId: "kim", id: "checkout-kim" });
  await is("kim", ({ position }) => position.waiting?.token);
  await handledBy("index.gone");
  await run.stack.publish("order.placed", { customerId: "kim", id: "order-kim" });
  const isOrder = (record: Item) => JSON.stringify(record.dynamodb).includes('"event#order-kim"');
  const recordsOf = (each: Item) => JSON.parse(String(each.payload)).Records as Item[];
  call = await until(
    "the order to be given up on",
    async () => (await calls()).find((each) => recordsOf(each).some(isOrder)),
    { seconds: 90 },
  );
  records = recordsOf(call).filter(isOrder);
  const given = await streams();
  expect(given.find(({ customerId }) => customerId === "kim")).toMatchObject({
    what: expect.stringMatching(/^\d+ records? for exit-evaluator$/),
    reason: expect.stringContaining("failed"),
  });

  const again = await json("redrive", ...ids(given));
  expect(again.exitCode).toBe(1);
  expect(again.answer.letters.every(({ stays }: Item) => String(stays).startsWith("failed again"))).toBe(true);
  expect(ids(await streams())).toEqual(expect.arrayContaining(ids(given)));
  expect(await run.stack.enrollments("kim")).toMatchObject([{ status: "active" }]);

  await handledBy(Handler);
  const replayed = await json("redrive", ...ids(await streams()));
  expect([replayed.exitCode, replayed.err]).toEqual([0, ""]);
  await is("kim", ({ status, reason }) => status === "exited" && reason === "bought");
  await until("the bucket to be empty", async () => {
    const left = await streams();
    if (left.length > 0) await json("redrive", ...ids(left));
    return left.length === 0;
  });
}, 120_000);

test("of a batch of which one record fails again, nothing is lost", async () => {
  const [good] = records as [Item & { dynamodb: Item }];
  const bad = structuredClone(good);
  Object.assign(bad.dynamodb, { SequenceNumber: "666" });
  Object.assign(bad.dynamodb.NewImage as Item, { data: { S: "no JSON" } });
  await put("half", call, [good, bad]);
  const { exitCode, answer } = await json("redrive", "half");
  expect([exitCode, answer.letters]).toEqual([1, [expect.objectContaining({ stays: "1 of 2 failed again" })]]);
  expect(await streams()).toMatchObject([{ messageId: "half", records: 2 }]);
  const { out } = await run.journeys("redrive", "half");
  expect(out).toContain("0 dead letters replayed.");
  const dropped = await run.journeys("redrive", "half", "--drop", "--yes");
  expect([dropped.exitCode, await streams()]).toEqual([0, []]);
}, 60_000);

test("an old save never undoes a newer one, and what Lambda has not written is only dropped", async () => {
  const saved = await run.stack.journey("cart");
  const old = { ...cart, version: "current", name: "Old" };
  const eventSourceARN = `arn:aws:dynamodb:eu-central-1:1:table/${run.stack.output("JourneysTableName")}/stream/1`;
  const image = { Keys: marshall({ id: "cart", version: "current" }), NewImage: marshall(old), SequenceNumber: "1" };
  await put("old-save", call, [{ eventName: "MODIFY", eventSourceARN, dynamodb: image }]);
  await put("foreign", call, [
    { eventName: "MODIFY", eventSourceARN: "arn:aws:dynamodb:::table/Other/stream/1", dynamodb: image },
  ]);
  const { exitCode, answer } = await json("redrive", "old-save", "foreign");
  expect(exitCode).toBe(1);
  expect(answer.letters).toContainEqual(
    expect.objectContaining({ journeyId: "cart", what: "1 record for journey-publisher" }),
  );
  expect(await streams()).toMatchObject([{ messageId: "foreign", what: "?" }]);
  expect(await run.stack.journey("cart")).toEqual(saved);
  expect((await run.journeys("redrive", "foreign", "--drop", "--yes")).exitCode).toBe(0);
}, 60_000);
