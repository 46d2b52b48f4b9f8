/** The requests to the bus, how many events each one carries, and the meaning of each error. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventBridge } from "../../lambdas/adapters/event-bridge.ts";
import { PermanentError, ThrottledError } from "../../lambdas/app/errors.ts";
import type { PublishedEvent } from "../../lambdas/domain/events/system-events.ts";
import { Fault, type Input, Loopback } from "../wired/aws/loopback.ts";

let aws: Loopback;
beforeAll(async () => {
  aws = await Loopback.start(1);
});
afterAll(() => aws?.stop());
beforeEach(() => aws.forget());

const bus = eventBridge("the-bus");
const event = (name: string, number = 0): PublishedEvent => ({
  name,
  id: `e-${number}`,
  customerId: "c-1",
  time: "2026-01-05T10:00:00.000Z",
  data: { enrollmentId: "x" },
  hops: 2,
});
const many = (count: number) => Array.from({ length: count }, (_, number) => event("journey.entered", number));
const requests = () => aws.of("PutEvents").map(({ Entries }) => Entries as Input[]);
const detail = (entry: Input | undefined) => JSON.parse(String(entry?.Detail)) as Input;

test("an event has the source of the system, and its name as the detail type", async () => {
  await bus.publish([event("journey.entered")]);
  expect(requests()).toEqual([
    [
      {
        EventBusName: "the-bus",
        Source: "customer-journeys",
        DetailType: "journey.entered",
        Detail: expect.any(String),
      },
    ],
  ]);
  const { name: _, ...content } = event("journey.entered");
  expect(detail(requests()[0]?.[0])).toEqual(content);
});

test("an event that a journey emits is marked as emitted, an announcement of the system is not", async () => {
  await bus.publish([event("half.way"), event("message.requested"), event("customer.changed")]);
  expect(requests()[0]?.map((entry) => detail(entry).emitted)).toEqual([true, undefined, undefined]);
});

test.each([
  [0, []],
  [1, [1]],
  [10, [10]],
  [11, [10, 1]],
  [23, [10, 10, 3]],
])("%i events are sent in order, ten in a request", async (count, sizes) => {
  await bus.publish(many(count));
  expect(requests().map((entries) => entries.length)).toEqual(sizes);
  expect(requests().flatMap((entries) => entries.map((entry) => detail(entry).id))).toEqual(
    many(count).map(({ id }) => id),
  );
});

test("large events are split into requests by size, in their order", async () => {
  const sized = (bytes: number, number: number) => ({ ...event("n", number), data: { text: "x".repeat(bytes) } });
  await bus.publish([sized(100_000, 0), sized(100_000, 1), sized(100_000, 2), sized(300_000, 3), sized(10, 4)]);
  expect(requests().map((entries) => entries.length)).toEqual([2, 1, 1, 1]);
  expect(requests().flatMap((entries) => entries.map((entry) => detail(entry).id))).toEqual(
    [0, 1, 2, 3, 4].map((number) => `e-${number}`),
  );
});

describe("an error of the bus", () => {
  test.each([
    ["one", 1, [{ EventId: "a" }, { ErrorCode: "ThrottlingException" }], "1 events"],
    ["both", 2, [{ ErrorCode: "InternalFailure" }, { ErrorCode: "ThrottlingException" }], "2 events"],
  ])("for %s of two entries is a throttle, with the reason", async (_, count, entries, told) => {
    aws.answer({ PutEvents: () => ({ FailedEntryCount: count, Entries: entries }) });
    const error = await bus.publish(many(2)).catch((error: unknown) => error);
    aws.answer({ PutEvents: () => ({ FailedEntryCount: 0, Entries: [] }) });
    expect(error).toBeInstanceOf(ThrottledError);
    expect((error as Error).message).toContain(told);
    expect((error as Error).message).toContain("ThrottlingException");
  });

  test.each([
    ["alone", [{ EventId: "a" }, { ErrorCode: "MalformedDetail" }], PermanentError],
    ["beside a throttle", [{ ErrorCode: "ThrottlingException" }, { ErrorCode: "MalformedDetail" }], ThrottledError],
    ["that is a missing right", [{ EventId: "a" }, { ErrorCode: "AccessDeniedException" }], ThrottledError],
  ])("of one entry %s", async (_, entries, kind) => {
    aws.answer({ PutEvents: () => ({ FailedEntryCount: 1, Entries: entries }) });
    await expect(bus.publish(many(2))).rejects.toThrow(kind);
    aws.answer({ PutEvents: () => ({ FailedEntryCount: 0, Entries: [] }) });
  });

  test("in the first ten entries stops before the rest", async () => {
    aws.answer({ PutEvents: () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] }) });
    await expect(bus.publish(many(11))).rejects.toThrow(ThrottledError);
    aws.answer({ PutEvents: () => ({ FailedEntryCount: 0, Entries: [] }) });
    expect(requests()).toHaveLength(1);
  });

  test("for too many requests is a throttle", async () => {
    aws.fail("PutEvents", new Fault("ThrottlingException", "slow down"));
    const error = await bus.publish(many(1)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ThrottledError);
    expect(error).toMatchObject({
      message: "EventBridge answered ThrottlingException.",
      cause: { name: "ThrottlingException" },
    });
  });

  test.each(["ValidationException", "ValidationError"])("for an invalid request is permanent: %s", async (name) => {
    aws.fail("PutEvents", new Fault(name, "entry too large"));
    const error = await bus.publish(many(1)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(PermanentError);
    expect((error as Error).message).toBe(`The bus refused the request: ${name}`);
  });

  test("for an internal failure is thrown with its name", async () => {
    aws.fail("PutEvents", new Fault("InternalException", "sorry", 500));
    const error = await bus.publish(many(1)).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: "InternalException", message: "EventBridge answered InternalException." });
    expect(error).not.toBeInstanceOf(ThrottledError);
  });
});
