/** Failed batches: the objects that Lambda writes to the bucket for failures. */
import { describe, expect, test } from "vitest";
import { failedBatchOf, failedOf } from "../../../stack/redrive/failed-batch.ts";

const tables = { customers: "Stack-Customers-1", journeys: "Stack-Journeys-1", templates: "Stack-Templates-1" };
const record = (number: string, id: string, table = tables.customers) => ({
  eventID: `id-${number}`,
  eventName: "INSERT",
  eventSourceARN: `arn:aws:dynamodb:eu-central-1:123456789012:table/${table}/stream/2026-01-01T00:00:00.000`,
  dynamodb: {
    SequenceNumber: number,
    Keys: table === tables.journeys ? { id: { S: id } } : { customerId: { S: id }, sk: { S: "profile" } },
    NewImage: { email: { S: "ada@mail.example" } },
  },
});
/** The format of the AWS documentation: the event is a text in `payload`. */
const call = (Records: unknown[], more: object = {}) =>
  JSON.stringify({
    requestContext: {
      requestId: "316aa6d0-8154-4ab1-9af7-85d5f4a6bc81",
      functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:f",
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: 6,
    },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    version: "1.0",
    timestamp: "2026-01-05T09:00:00.000Z",
    DDBStreamBatchInfo: { shardId: "shardId-1", batchSize: Records.length },
    payload: JSON.stringify({ Records }),
    ...more,
  });
const key = "aws/lambda/0a1b/shardId-1/2026/01/05/2026-01-05T09.00.00-c0ffee";
const of = (body: string) => failedBatchOf(key, body, tables);

test("the summary has the function, the time, the number of records and the reason, and none of their data", () => {
  const { letter, event } = of(call([record("1", "c-1"), record("2", "c-1")]));
  expect(letter).toEqual({
    messageId: "2026-01-05T09.00.00-c0ffee",
    queue: "streams",
    what: "2 records for exit-evaluator",
    customerId: "c-1",
    time: "2026-01-05T09:00:00.000Z",
    sentAt: "2026-01-05T09:00:00.000Z",
    records: 2,
    reason: "failed after 6 tries; see the log of exit-evaluator",
    rejected: false,
  });
  expect(event).toEqual({ of: "customers", Records: [record("1", "c-1"), record("2", "c-1")] });
});

test("records of several customers name none of them", () => {
  expect(of(call([record("1", "c-1"), record("2", "c-2")])).letter).not.toHaveProperty("customerId");
});

test("a save of a journey names the journey", () => {
  expect(of(call([record("1", "cart", tables.journeys)]))).toMatchObject({
    letter: { what: "1 record for journey-publisher", journeyId: "cart" },
    event: { of: "journeys" },
  });
});

test("a batch that became too old has that reason", () => {
  const requestContext = { condition: "MaximumRecordAgeExceeded" };
  expect(of(call([record("1", "c-1")], { requestContext })).letter.reason).toMatch(/^older than six hours; /);
});

test.each([
  ["no JSON", "no"],
  ["another document", "{}"],
  ["a call without its event, as a queue gets it", call([], { payload: undefined })],
  ["an event that is cut off", call([], { payload: '{"Records":[' })],
  ["no records", call([])],
  ["records of the table of another stack", call([record("1", "c-1", "Other")])],
  ["a table whose name only begins so", call([record("1", "c-1", `${tables.customers}2`)])],
])("%s is listed, and never replayed", (_, body) => {
  const { letter, event } = of(body);
  expect([letter.what, letter.rejected, event]).toEqual(["?", true, undefined]);
});

describe("the records that failed, by the answer of the function", () => {
  const event = { Records: [record("1", "c-1"), record("2", "c-1"), record("3", "c-1")] };
  const failures = (...numbers: unknown[]) => ({
    batchItemFailures: numbers.map((itemIdentifier) => ({ itemIdentifier })),
  });

  test.each<[string, unknown, string[]]>([
    ["no failures: all are handled", failures(), []],
    ["nothing: all are handled", null, []],
    ["some failures: those", failures("2"), ["2"]],
    ["a failure that is none of them: all", failures("2", "9"), ["1", "2", "3"]],
    ["a failure without a number: all", failures(null), ["1", "2", "3"]],
    ["an empty number: all", failures(""), ["1", "2", "3"]],
    ["something else: all", { ok: true }, ["1", "2", "3"]],
  ])("%s", (_, said, failed) => expect(failedOf(said, event)).toEqual(failed));
});
