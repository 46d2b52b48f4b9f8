/** Parsing an EventBridge event. */
import { describe, expect, test } from "vitest";
import { parseEvent } from "../../../lambdas/domain/events/event.ts";
import { NOW } from "../enrolled.ts";

const envelope = (detail: object, more: object = {}) => ({
  version: "0",
  id: "eb-1",
  account: "111111111111",
  region: "eu-central-1",
  source: "shop",
  "detail-type": "Order.Placed",
  time: NOW,
  resources: [],
  detail: { customerId: "c-1", ...detail },
  ...more,
});
const parsed = (detail: object = {}, more: object = {}) => parseEvent(envelope(detail, more), { now: NOW });
const event = (detail: object = {}, more: object = {}) => {
  const found = parsed(detail, more);
  if (!("event" in found)) throw new Error(JSON.stringify(found.problems));
  return found.event;
};
const problems = (detail: object = {}, more: object = {}) => {
  const found = parsed(detail, more);
  return "problems" in found ? found.problems.map(({ path, code }) => `${path} ${code}`) : [];
};

test("an event with the required members only", () => {
  expect(event()).toEqual({
    id: "eb-1",
    name: "Order.Placed",
    customerId: "c-1",
    time: NOW,
    wholeSecond: true,
    data: {},
    deliveryId: "eb-1",
    hops: 0,
    system: false,
  });
});

test("an event with all members; members that are not known are left out", () => {
  const detail = { id: "e", time: "2026-01-05T09:00:00+00:00", data: { total: 1 }, customer: { a: null }, more: 1 };
  expect(event(detail)).toMatchObject({
    id: "e",
    deliveryId: "eb-1",
    time: "2026-01-05T09:00:00.000Z",
    data: { total: 1 },
    changes: { a: null },
  });
  expect(event(detail)).not.toHaveProperty("more");
});

describe("hops", () => {
  test("of the system's own events count", () =>
    expect(event({ hops: 3 }, { source: "customer-journeys" })).toMatchObject({ hops: 3, system: true }));
  test("are 0 if the event has none", () => expect(event({}, { source: "customer-journeys" }).hops).toBe(0));
  test("of an app's events do not count: the app could block its own events", () =>
    expect(event({ hops: 99 }).hops).toBe(0));
});

describe("sources", () => {
  test.each([
    ["shop", []],
    ["awsome", []],
    ["my.customer-journeys", []],
    ["customer-journeys", []],
    ["aws.events", ["source custom"]],
    ["customer-journeys2", ["source reserved-source"]],
    ["customer-journeys.app", ["source reserved-source"]],
  ])("%s", (source, expected) => {
    const found = parsed({}, { source });
    expect("problems" in found ? found.problems.map(({ path }) => path) : []).toEqual(
      expected.map((text) => text.split(" ")[0]),
    );
  });
});

describe("names", () => {
  test.each(["a", "order.placed", "Order_Placed-2", "7", "x".repeat(128)])("%s", (name) =>
    expect(event({}, { "detail-type": name }).name).toBe(name),
  );
  test.each(["", ".a", "-a", "a b", "ä", "x".repeat(129)])("%j is no name", (name) =>
    expect(problems({}, { "detail-type": name })).toEqual(["detail-type bad-event-name"]),
  );
});

describe("ids", () => {
  test.each([
    ["a customer id of 128 characters", { customerId: "x".repeat(128) }, 0],
    ["a customer id of 129 characters", { customerId: "x".repeat(129) }, 1],
    ["an empty customer id", { customerId: "" }, 1],
    ["a customer id with a space", { customerId: "a b" }, 0],
    ["a customer id with a line break", { customerId: "a\nb" }, 1],
    ["an event id of 256 characters", { id: "x".repeat(256) }, 0],
    ["an event id of 257 characters", { id: "x".repeat(257) }, 1],
    ["a customer id of 128 bytes", { customerId: "é".repeat(64) }, 0],
    ["a customer id of 130 bytes", { customerId: "é".repeat(65) }, 1],
    ["an event id of 256 bytes", { id: "é".repeat(128) }, 0],
    ["an event id of 258 bytes", { id: "é".repeat(129) }, 1],
    ["an empty event id", { id: "" }, 1],
    ["a number for an id", { id: 7 }, 1],
  ])("%s", (_, detail, n) => expect(problems(detail)).toHaveLength(n));
});

describe("message.status", () => {
  const report = (data: unknown) => problems({ data }, { "detail-type": "message.status" });
  test("with message and status is accepted", () => expect(report({ messageId: "m-0", status: "read" })).toEqual([]));
  test.each([
    [{}, ["detail.data.messageId missing-member", "detail.data.status missing-member"]],
    [{ messageId: "m-0", status: "opened" }, ["detail.data.status bad-value"]],
    [{ messageId: "", status: "read" }, ["detail.data.messageId out-of-range"]],
    [undefined, ["detail.data.messageId missing-member", "detail.data.status missing-member"]],
  ])("%j does not", (data, expected) => expect(report(data)).toEqual(expected));
});

describe("values that cannot be stored", () => {
  const given = (detail: string) => problems(JSON.parse(detail) as object);
  test.each([
    ["an infinite number in the data", '{"data":{"total":1e400}}', ["detail.data.total bad-number"]],
    ["a negative one in a list", '{"data":{"items":[{"price":-1e400}]}}', ["detail.data.items[0].price bad-number"]],
    ["one in a member that nothing reads", '{"more":1e400}', ["detail.more bad-number"]],
    ["one of the customer", '{"customer":{"score":1e400}}', ["detail.customer.score bad-number"]],
    [
      "a number of the customer that DynamoDB cannot store",
      '{"customer":{"score":1e126}}',
      ["detail.customer.score bad-number"],
    ],
    ["one that is too small", '{"customer":{"score":-1e-131}}', ["detail.customer.score bad-number"]],
    ["the largest and smallest that it stores", '{"customer":{"a":9.9e125,"b":1e-130,"c":0,"d":-0}}', []],
    ["such a number in the data, which is stored as text", '{"data":{"a":1e300,"b":1e-300}}', []],
    ["two of them", '{"data":{"a":1e400,"b":[1e999]}}', ["detail.data.a bad-number", "detail.data.b[0] bad-number"]],
  ])("%s", (_, detail, expected) => expect(given(detail)).toEqual(expected));

  test("half of a surrogate pair becomes U+FFFD, in texts, names and ids", () => {
    const detail = String.raw`{"customerId":"a\ud83d","id":"\udc00b","data":{"t\ud800":["x\udfff","🛒"]},"customer":{"name":"\ud800\ud800"}}`;
    expect(event(JSON.parse(detail) as object)).toMatchObject({
      customerId: "a\ufffd",
      id: "\ufffdb",
      data: { "t\ufffd": ["x\ufffd", "🛒"] },
      changes: { name: "\ufffd\ufffd" },
    });
  });
});

test("every problem has a message", () => {
  const found = parseEvent({}, { now: NOW });
  for (const { message } of "problems" in found ? found.problems : []) expect(message).toMatch(/^[^\n]{10,}[.)]$/);
  expect("problems" in found && found.problems.map(({ path }) => path).sort()).toEqual([
    "detail",
    "detail-type",
    "id",
    "source",
    "time",
  ]);
});
