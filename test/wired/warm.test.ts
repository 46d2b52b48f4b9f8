/**
 * What a warm function reads again. A customer's step or event should not pay for reads whose answers the function has:
 * it keeps them for five seconds, so that a change of an admin counts soon.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { batch, published } from "./aws/deliveries.ts";
import type { Input } from "./aws/loopback.ts";
import type { Stack } from "./stack.ts";
import { entered, visited } from "./visitors.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await visited();
});
afterAll(() => stack?.stop());

/** The clock by which caches age. It stands still unless a test moves it. */
let now = performance.now();
beforeEach(() => {
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

const isPointers = ({ TableName, ExpressionAttributeValues, Key }: Input) =>
  TableName === "the-journeys" && JSON.stringify([ExpressionAttributeValues, Key]).includes("~live");

/** How often a call has read what the function may keep. */
async function readsOf(call: () => Promise<unknown>): Promise<string> {
  stack.forget();
  await call();
  const pointers = [...stack.aws.of("Query"), ...stack.aws.of("GetItem")].filter(isPointers).length;
  const from = (table: string) => stack.aws.of("GetItem").filter(({ TableName }) => TableName === table).length;
  return `pointers ${pointers}, templates ${from("the-templates")}, breakers ${from("the-counters")}`;
}

const sending = async (customerId: string) => {
  const ids = await entered(stack, customerId);
  return () => stack.call("advance", ids);
};
const entering = async (customerId: string) => () =>
  stack.call("trigger-matcher", batch([published("start", { customerId, id: customerId })]));

const nothing = "pointers 0, templates 0, breakers 0";

test("trigger-matcher, which lets a customer in, reads nothing again for five seconds, and then everything once", async () => {
  const calls = await four(entering, "enters");
  const all = "pointers 1, templates 0, breakers 0";
  expect(await readsAfter(calls, [10_000, 4_999, 2, 4_998])).toEqual([all, nothing, all, nothing]);
});

test("advance, which sends a mail, reads the journey again after three seconds, and the rest after five", async () => {
  const calls = await four(sending, "sends");
  expect(await readsAfter(calls, [10_000, 2_999, 2, 2_000])).toEqual([
    // The template was saved before templates had live copies, so it is looked for in two places.
    "pointers 1, templates 2, breakers 1",
    nothing,
    "pointers 1, templates 0, breakers 0",
    "pointers 0, templates 2, breakers 1",
  ]);
});

async function four(callFor: (customerId: string) => Promise<() => Promise<unknown>>, name: string) {
  const calls = [];
  for (const number of [1, 2, 3, 4]) calls.push(await callFor(`${name}-${number}`));
  return calls;
}

async function readsAfter(calls: readonly (() => Promise<unknown>)[], pauses: readonly number[]): Promise<string[]> {
  const found = [];
  for (const [index, call] of calls.entries()) {
    now += pauses[index] ?? 0;
    found.push(await readsOf(call));
  }
  return found;
}
