/**
 * An edit adds rules while customers are inside. The functions use their view of the live journeys for five seconds, so
 * for some seconds they do not know the new rules. What customers do in these seconds must count all the same.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { published } from "./aws/deliveries.ts";
import type { Stack } from "./stack.ts";
import { entered, visited, walk } from "./visitors.ts";

const START = Date.parse("2026-01-05T10:00:00Z");
const MINUTE = 60_000;

let stack: Stack;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: START });
  stack = await visited();
});
afterAll(async () => {
  vi.useRealTimers();
  await stack?.stop();
});

/** The clock by which the views age stands still, so every warm function keeps its view. */
beforeEach(() => {
  const now = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

const german = {
  id: "german",
  kind: "segment",
  name: "German",
  where: { field: "customer.country", operator: "equals", value: "DE" },
};
const edited = {
  ...walk,
  exit: [
    { id: "out", event: "leave" },
    { id: "moved-away", event: "moved.away" },
    { id: "bought", event: "buy", where: { field: "event.total", operator: "greaterThan", value: 100 } },
    { id: "asked", where: { field: "customer.asked", operator: "equals", value: true } },
    { id: "moved-to-germany", where: { segment: "german" } },
  ],
  goals: [
    { id: "sale", event: "buy" },
    { id: "review", event: "reviewed" },
    { id: "german-visit", event: "visit", where: { segment: "german" } },
  ],
};

const does = async (customerId: string, event: string, more: object = {}) => {
  await stack.deliver("trigger-matcher", published(event, { customerId, id: `${event} of ${customerId}`, ...more }));
  await stack.follow("exit-evaluator");
};
const enrollment = (customerId: string) => stack.item("enrollment#", customerId);
const state = (customerId: string) => {
  const { status, reason, goals } = enrollment(customerId);
  return { status, ...(reason !== undefined && { reason }), goals: Object.keys(goals as object) };
};

describe("after an edit that adds exit rules and a goal", () => {
  const actions: readonly [customerId: string, event: string, more: object][] = [
    ["mover", "moved.away", {}],
    ["late mover", "moved.away", { time: "2026-01-05T10:01:00Z" }],
    ["buyer", "buy", { data: { total: 120 } }],
    ["asker", "customer.updated", { customer: { asked: true } }],
    ["reviewer", "reviewed", {}],
    ["small buyer", "buy", { data: { total: 20 } }],
    ["new German", "customer.updated", { customer: { country: "DE" } }],
    ["new Austrian", "customer.updated", { customer: { country: "AT" } }],
    ["German visitor", "visit", {}],
    ["Austrian visitor", "visit", {}],
  ];

  const countries: Readonly<Record<string, object>> = {
    "German visitor": { country: "DE" },
    "Austrian visitor": { country: "AT" },
  };

  beforeAll(async () => {
    for (const customerId of ["early mover", "idler", ...actions.map(([customerId]) => customerId)])
      await entered(stack, customerId, countries[customerId]);
    await stack.saveTemplate(german);
    await does("early mover", "moved.away");
    vi.setSystemTime(START + 10 * MINUTE);
    const now = performance.now();
    vi.spyOn(performance, "now").mockImplementation(() => now);
    // The functions read the journeys at this moment.
    await does("idler", "said.yes");
    await stack.save(edited);
    for (const action of actions) await does(...action);
  });

  test("functions with the older view do not apply the new rules", () => {
    for (const [customerId] of actions) expect(state(customerId).status).toBe("active");
    expect(state("reviewer").goals).toEqual([]);
  });

  test("the customers inside are rechecked two minutes later", async () => {
    vi.setSystemTime(START + 13 * MINUTE);
    const [first] = stack.aws.of("SendMessageBatch");
    expect(first?.Entries).toMatchObject([{ DelaySeconds: 130 }, {}, {}, {}, {}, {}, {}, {}]);
    await stack.applyStatus();
    expect(
      Object.fromEntries(["idler", "early mover", ...actions.map(([id]) => id)].map((id) => [id, state(id)])),
    ).toEqual({
      mover: { status: "exited", reason: "moved-away", goals: [] },
      "late mover": { status: "exited", reason: "moved-away", goals: [] },
      buyer: { status: "exited", reason: "bought", goals: ["sale"] },
      asker: { status: "exited", reason: "asked", goals: [] },
      reviewer: { status: "active", goals: ["review"] },
      "small buyer": { status: "active", goals: ["sale"] },
      "new German": { status: "exited", reason: "moved-to-germany", goals: [] },
      "new Austrian": { status: "active", goals: [] },
      "German visitor": { status: "active", goals: ["german-visit"] },
      "Austrian visitor": { status: "active", goals: [] },
      idler: { status: "active", goals: [] },
      // This customer moved minutes before the edit, when no rule listened to the move.
      "early mover": { status: "active", goals: [] },
    });
  });

  test("a second recheck changes nothing", async () => {
    const before = ["reviewer", "buyer", "mover"].map(enrollment);
    await stack.applyStatus();
    expect(["reviewer", "buyer", "mover"].map(enrollment)).toEqual(before);
  });
});

test.each([
  ["the same document", edited],
  ["another name", { ...edited, name: "Another name" }],
  ["a status", { ...edited, status: "paused" }],
  ["fewer rules", walk],
])("a save with %s rechecks nobody", async (_, document) => {
  await stack.save(edited);
  stack.forget();
  await stack.save(document);
  expect(stack.aws.of("SendMessageBatch")).toEqual([]);
});
