/**
 * The records that a function handles at the same time, and the records that it handles one after the other. A batch of
 * a hundred changes that are handled one after the other takes minutes. Changes of one customer, or saves of one
 * journey, must not overtake each other.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FunctionName } from "../../lambdas/adapters/environment.ts";
import { batch, published, reported, streamed } from "./aws/deliveries.ts";
import type { Stack } from "./stack.ts";
import { visited, waiting, walk } from "./visitors.ts";

const FIVE = [1, 2, 3, 4, 5];
/** Milliseconds: long enough that requests which are sent together would be open together. */
const LATENCY = 20;

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());

/**
 * How many requests were open at the same time while the function handled the event. Requests wait for
 * `awaited` of them to be open, because a busy machine sends them one by one.
 */
async function openAtOnce(name: FunctionName, event: unknown, awaited = 0): Promise<number> {
  stack.forget();
  try {
    stack.aws.together = awaited;
    stack.aws.latency = () => LATENCY;
    await stack.call(name, event);
    return stack.aws.openAtOnce;
  } finally {
    stack.aws.latency = () => 0;
    stack.aws.together = 0;
  }
}

/** The stream records of what happens meanwhile. */
async function recordsOf(table: string, happens: () => Promise<unknown>) {
  stack.tables.changes(table);
  await happens();
  return stack.tables.changes(table);
}

/** A customer enters the journey `j` as often as `times`: the stream record of each new enrollment. */
async function enrollments(customerId: string, times: number) {
  const records = await recordsOf("the-customers", async () => {
    for (let time = 0; time < times; time++) {
      await stack.deliver("trigger-matcher", published("start", { customerId, id: `${customerId}-${time}` }));
    }
  });
  return records.filter(
    ({ eventName, dynamodb }) => eventName === "INSERT" && dynamodb?.NewImage?.sk?.S?.startsWith("enrollment#"),
  );
}

/** The stream record of a save. No event of these tests lets a customer enter the journey. */
const saved = (id: string) =>
  recordsOf("the-journeys", async () =>
    stack.tables.put("the-journeys", { ...walk, id, trigger: { event: id }, version: "current" }),
  );

const customers: readonly [name: FunctionName, event: () => Promise<unknown>][] = [
  [
    "trigger-matcher",
    async () => batch(FIVE.map((number) => published("seen", { customerId: `seen-${number}` }, { id: `s-${number}` }))),
  ],
  [
    "message-status",
    async () => {
      const sent = [];
      for (const number of FIVE) sent.push(await waiting(stack, `reported-${number}`));
      return batch(sent.map(({ tags }) => reported("Delivery", tags)));
    },
  ],
  [
    "exit-evaluator",
    async () => {
      const records = [];
      for (const number of FIVE) records.push(...(await enrollments(`apart-${number}`, 1)));
      return streamed(records);
    },
  ],
  [
    "journey-publisher",
    async () => {
      const records = [];
      for (const number of FIVE) records.push(...(await saved(`apart-${number}`)));
      return streamed(records);
    },
  ],
];

test.each(customers)("%s handles five customers, or journeys, at the same time", async (name, event) => {
  expect(await openAtOnce(name, await event(), FIVE.length)).toBeGreaterThanOrEqual(FIVE.length);
});

test("exit-evaluator handles the changes of one customer one after the other", async () => {
  const records = await enrollments("same", FIVE.length);
  expect(records).toHaveLength(FIVE.length);
  expect(await openAtOnce("exit-evaluator", streamed(records))).toBe(1);
});
