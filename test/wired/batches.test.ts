/**
 * Batches with one bad record among ten. Lambda delivers only the failed record again. The error decides whether a
 * record is retried, is sent to the dead-letter queue, or fails the whole call.
 */
import type { DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EVENT_DELAYED } from "../../lambdas/adapters/log-lines.ts";
import { batch, failures, published, reported, streamed } from "./aws/deliveries.ts";
import { cutConnection, Fault } from "./aws/loopback.ts";
import type { Stack } from "./stack.ts";
import { entered, visited, waiting } from "./visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited({}, 1);
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

const ten = Array.from({ length: 10 }, (_, number) => number);
/** Ten events that no journey listens to: each is one write. */
const events = ten.map((number) => published("seen", { customerId: `batch-${number}`, id: `${Math.random()}` }));
const stored = (from: typeof events) =>
  from.map((event) => (event as { detail: { id: string } }).detail.id).filter((id) => ids().has(id));
const ids = () => new Set(stack.tables.items("the-customers").map(({ id }) => id));

describe("trigger-matcher", () => {
  test.each([
    ["an error of the database's own", new Fault("InternalServerError", "sorry", 500), "InternalServerError"],
    ["a connection that is cut", cutConnection, "TimeoutError"],
    ["rights that are missing", new Fault("AccessDeniedException"), "AccessDeniedException"],
  ])("of ten events, only the one that met %s is retried", async (_, fault, name) => {
    const fresh = events.map((event, number) => ({
      ...event,
      detail: { customerId: `batch-${number}`, id: `${name} ${number}` },
    }));
    stack.aws.fail("PutItem", fault);
    const result = await stack.attempt("trigger-matcher", batch(fresh));
    const missing = ten.filter((number) => !ids().has(`${name} ${number}`));
    expect(missing).toHaveLength(1);
    expect(result).toEqual(failures(`message-${missing[0]}`));
    expect(stack.sentTo("dead-letters")).toEqual([]);
    expect(stack.log.complaints()[0]).toMatch(new RegExp(`^A record failed and will come again. ${name}`));
  });

  test("an event that the database always refuses goes to the dead-letter queue with its reason, and the others are stored", async () => {
    stack.aws.fail("PutItem", new Fault("ValidationException", "Item size has exceeded the maximum allowed size"));
    await stack.call("trigger-matcher", batch(events));
    expect(stored(events)).toHaveLength(9);
    const [dead, ...more] = stack.sentTo("dead-letters");
    expect(more).toEqual([]);
    expect(dead?.MessageAttributes).toEqual({
      reason: {
        DataType: "String",
        StringValue: ": not-storable: The database refused it: An item would be larger than 400 KB.",
      },
    });
  });

  test("an event is retried when the dead-letter queue does not accept it", async () => {
    stack.aws.fail("SendMessage", new Fault("ServiceUnavailable", "no", 503));
    expect(await stack.attempt("trigger-matcher", batch(["not JSON", events[0]]))).toEqual(failures("message-0"));
  });

  test.each(["ThrottlingException", "ExecutionLimitExceeded"])(
    "an event goes back to the queue when the enrollment is stored and its execution met %s",
    async (throttle) => {
      const customerId = `not-started-${throttle}`;
      stack.aws.fail("StartExecution", new Fault(throttle), throttle === "ThrottlingException" ? 3 : 1);
      const start = published("start", { customerId, id: customerId });
      await stack.call("trigger-matcher", batch([start]));
      const [back] = stack.sentTo("events");
      expect(back).toMatchObject({ DelaySeconds: 120, MessageBody: JSON.stringify(start) });
      expect(stack.log.lines.map(({ message }) => message)).toContain(EVENT_DELAYED);
      await stack.call("trigger-matcher", batch([start]));
      expect(new Set(stack.executions().map((ids) => ids.customerId))).toEqual(new Set([customerId]));
      expect(new Set(stack.aws.of("StartExecution").map(({ name }) => name)).size).toBe(1);
    },
  );

  test("an event is retried when its execution could not be started for another reason", async () => {
    stack.aws.fail("StartExecution", new Fault("AccessDeniedException"));
    const start = published("start", { customerId: "not-started", id: "s" });
    expect(await stack.attempt("trigger-matcher", batch([start]))).toEqual(failures("message-0"));
    await stack.call("trigger-matcher", batch([start]));
    expect(stack.executions().map(({ customerId }) => customerId)).toEqual(["not-started", "not-started"]);
    expect(new Set(stack.aws.of("StartExecution").map(({ name }) => name)).size).toBe(1);
  });

  test("when all ten events fail, all ten are retried, and the call succeeds", async () => {
    stack.aws.fail("PutItem", new Fault("AccessDeniedException"), 10);
    const fresh = ten.map((number) => published("seen", { customerId: `all-${number}` }, { id: `all-${number}` }));
    expect(await stack.attempt("trigger-matcher", batch(fresh))).toEqual(
      failures(...ten.map((number) => `message-${number}`)),
    );
  });

  test("a batch does not report the failures of the batch before it", async () => {
    stack.aws.fail("PutItem", new Fault("AccessDeniedException"));
    const again = published("seen", { customerId: "clean" }, { id: "clean" });
    expect(await stack.attempt("trigger-matcher", batch([again]))).toEqual(failures("message-0"));
    expect(await stack.attempt("trigger-matcher", batch([again]))).toEqual(failures());
  });

  test("an event without a time of its own stands for the whole second of EventBridge's time, whenever SQS received it", async () => {
    const event = { ...published("seen", { customerId: "precise" }, { id: "p" }), time: "2026-01-05T10:00:00Z" };
    await stack.call("trigger-matcher", batch([event], Date.parse("2026-01-05T10:00:00.345Z")));
    expect(stack.item("event#", "precise")).toMatchObject({ time: "2026-01-05T10:00:00.000Z", wholeSecond: true });
  });
});

describe("message-status", () => {
  test("of ten reports, the two malformed ones are retried, and the reports about unknown messages are dropped", async () => {
    const { tags } = await waiting(stack, "ten-reports");
    const reports: unknown[] = ten.map(() => reported("Send", tags));
    reports[3] = { detail: {} };
    reports[5] = "not JSON, by ann@shop.example";
    reports[7] = reported("Open", { campaign: "of others" }, { open: {} });
    reports[9] = reported("Send", { ...tags, message: "unknown-0" });
    expect(await stack.attempt("message-status", batch(reports))).toEqual(failures("message-3", "message-5"));
    expect(stack.log.complaints().join()).toContain("SyntaxError It is not JSON.");
    expect(stack.log.complaints().join()).not.toContain("ann@shop.example");
  });

  test("a report is retried when the execution that it wakes could not be signalled", async () => {
    const { tags } = await waiting(stack, "unreachable");
    const open = reported("Open", tags, { open: {} });
    stack.aws.fail("SendTaskSuccess", new Fault("AccessDeniedException"));
    expect(await stack.attempt("message-status", batch([open]))).toEqual(failures("message-0"));
    await stack.call("message-status", batch([open]));
    expect(stack.aws.of("SendTaskSuccess")).toHaveLength(2);
  });

  test("a report is done when its signal is throttled: the reconciler sends the signal again", async () => {
    const { tags } = await waiting(stack, "throttled");
    const open = reported("Open", tags, { open: {} });
    stack.aws.fail("SendTaskSuccess", new Fault("ThrottlingException"));
    expect(await stack.attempt("message-status", batch([open]))).toEqual(failures());
    expect(stack.aws.of("SendTaskSuccess")).toHaveLength(1);
  });
});

describe("exit-evaluator", () => {
  /** The stream records of ten customers that have entered a journey. */
  let records: DynamoDBRecord[];
  beforeAll(async () => {
    stack.tables.changes("the-customers");
    for (const number of ten) await entered(stack, `streamed-${number}`);
    records = stack.tables.changes("the-customers");
  });
  const about = (sk: string) => records.filter(({ dynamodb }) => dynamodb?.NewImage?.sk?.S?.startsWith(sk));

  test.each([
    ["a throttle of the bus", new Fault("ThrottlingException")],
    ["a failure of the bus", new Fault("InternalException", "sorry", 500)],
  ])("of the records of ten customers, only the one that met %s is retried", async (_, fault) => {
    stack.aws.fail("PutEvents", fault);
    const result = await stack.attempt("exit-evaluator", streamed(about("enrollment#")));
    const failed = (result as ReturnType<typeof failures>).batchItemFailures;
    expect(failed).toHaveLength(1);
    expect(records.map(({ dynamodb }) => dynamodb?.SequenceNumber)).toContain(failed[0]?.itemIdentifier);
    expect(stack.announced()).toHaveLength(10);
  });

  test("a record is retried when the bus refused one of its events", async () => {
    const [record] = about("enrollment#");
    stack.aws.answer({
      PutEvents: () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "ThrottlingException" }] }),
    });
    try {
      const result = await stack.attempt("exit-evaluator", streamed(record ? [record] : []));
      expect(result).toEqual(failures(String(record?.dynamodb?.SequenceNumber)));
    } finally {
      stack.aws.answer({ PutEvents: () => ({ FailedEntryCount: 0, Entries: [] }) });
    }
  });

  test("a record of an entry is ignored, without a request to AWS", async () => {
    expect(about("entry#")).toHaveLength(10);
    await stack.call("exit-evaluator", streamed(about("entry#")));
    expect(stack.aws.calls).toEqual([]);
  });
});

test("journey-publisher retries only the document whose outcome it could not write", async () => {
  const save = (id: string) => ({ id, version: "current", name: id, status: "draft" });
  for (const id of ["one", "two"]) stack.tables.put("the-journeys", save(id));
  const records = stack.tables
    .changes("the-journeys")
    .filter(({ dynamodb }) => dynamodb?.NewImage?.version?.S === "current" && !dynamodb.NewImage.publication);
  stack.aws.fail("UpdateItem", new Fault("InternalServerError", "sorry", 500));
  const result = (await stack.attempt("journey-publisher", streamed(records))) as ReturnType<typeof failures>;
  expect(result.batchItemFailures).toHaveLength(1);
  const outcomes = stack.tables
    .items("the-journeys")
    .filter(({ id, publication }) => ["one", "two"].includes(String(id)) && publication !== undefined);
  expect(outcomes).toHaveLength(1);
});

describe("a function that the state machine calls fails with the name of its error", () => {
  test.each([
    ["ThrottledError", new Fault("ThrottlingException")],
    ["PermanentError", new Fault("ValidationException")],
    ["InternalServerError", new Fault("InternalServerError", "sorry", 500)],
  ])("advance: %s", async (name, fault) => {
    const ids = await entered(stack, `fails-${name}`);
    stack.aws.fail("GetItem", fault);
    await expect(stack.attempt("advance", ids)).rejects.toMatchObject({ name });
    expect(stack.log.complaints().at(-1)).toMatch(new RegExp(`^The call failed. ${name}`));
  });

  test("await-signal and reconciler fail too", async () => {
    for (const [name, operation, event] of [
      ["await-signal", "GetItem", { customerId: "c", enrollmentId: "e", visit: 0, token: "t" }],
      ["reconciler", "Query", {}],
    ] as const) {
      stack.aws.fail(operation, new Fault("InternalServerError", "sorry", 500));
      await expect(stack.attempt(name, event), name).rejects.toThrow(/ answered \w+\./);
    }
  });
});
