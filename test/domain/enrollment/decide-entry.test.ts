/** Which customers enter, and which reason is given when several apply. */
import { describe, expect, test } from "vitest";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import { countedEvents, customerFields } from "../../../lambdas/domain/conditions/fields-read.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import {
  type Candidate,
  decideEntry,
  entryAfter,
  entryAllows,
  MOST_AUTOMATIC,
  MOST_HOPS,
  type Past,
} from "../../../lambdas/domain/enrollment/decide-entry.ts";
import { catalogOf } from "../../../lambdas/domain/journey/catalog.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { plus } from "../../../lambdas/domain/time/time.ts";
import { journeyOf, NOW } from "../enrolled.ts";

const x: Condition = { field: "event.x", operator: "exists" };
const vip: Condition = { field: "customer.vip", operator: "exists" };
const journey = (more: Partial<Journey> = {}) => journeyOf({ first: { type: "wait", for: "P1D" } }, more);
const candidate = (attributes: object = {}, more: Partial<Candidate> = {}): Candidate => ({
  now: NOW,
  customer: { ...unknownCustomer("c-1"), attributes: attributes as Record<string, never> },
  event: {},
  hops: 0,
  ...more,
});
const nothing = { entry: undefined, inside: 0 };
const before = { entry: { count: 1, lastEnteredAt: "2026-01-04T10:00:00.000Z" }, inside: 1 };

const reasonOf = (journey: Journey, candidate: Candidate, past?: Omit<Past, "customer">) => {
  const decided = decideEntry(journey, candidate, past && { customer: candidate.customer, ...past });
  return decided.kind === "refused" ? decided.reason : undefined;
};

describe("by the trigger alone: where, then audience, then the journey's status", () => {
  const picky = journey({ status: "paused", trigger: { event: "start", where: x, audience: vip } });
  test.each([
    ["nothing holds", picky, candidate(), "where-false"],
    ["where holds", picky, candidate({}, { event: { x: 1 } }), "audience-false"],
    ["both hold", picky, candidate({ vip: 1 }, { event: { x: 1 } }), "not-active"],
    [
      "and it is active",
      { ...picky, status: "active" as const },
      candidate({ vip: 1 }, { event: { x: 1 } }),
      undefined,
    ],
  ])("%s", (_, journey, candidate, expected) => expect(reasonOf(journey, candidate)).toBe(expected));

  test("earlier entries matter only if the trigger lets the customer enter", () => {
    expect(reasonOf(picky, candidate(), before)).toBe("where-false");
    expect(reasonOf(journey(), candidate(), before)).toBe("entry-limit");
  });

  test("the trigger reads the customer as of the event, the other checks read the customer as of the write", () => {
    const open = journey({ trigger: { event: "start", audience: vip } });
    const now = { ...candidate().customer, attributes: { unsubscribed: true } };
    expect(decideEntry(open, candidate({ vip: 1 }), { ...nothing, customer: now })).toEqual({
      kind: "refused",
      reason: "unsubscribed",
    });
  });
});

describe("by earlier entries: the entry rule, then unsubscribed, then exit rules, then a loop", () => {
  const leaving = journey({
    exit: [
      { id: "e", event: "x" },
      { id: "v", where: vip },
    ],
  });
  const all = candidate({ unsubscribed: true, vip: 1 }, { hops: MOST_HOPS + 1 });
  const subscribed = candidate({ vip: 1 }, { hops: MOST_HOPS + 1 });
  test.each([
    ["everything", leaving, all, before, "entry-limit"],
    ["but for the entry rule", leaving, all, nothing, "unsubscribed"],
    ["but for the subscription", leaving, subscribed, nothing, "exit-holds"],
    ["but for the exit rules", journey(), subscribed, nothing, "automatic-loop"],
    ["the last step that may be automatic", journey(), candidate({}, { hops: MOST_HOPS }), nothing, undefined],
    ["nothing", leaving, candidate(), nothing, undefined],
    [
      "an exit rule on an event, though its where holds",
      journey({ exit: [{ id: "e", event: "x", where: vip }] }),
      candidate({ vip: 1 }),
      nothing,
      undefined,
    ],
  ] as const)("%s", (_, journey, candidate, past, expected) =>
    expect(reasonOf(journey, candidate, past)).toBe(expected),
  );
});

describe("automatic entries", () => {
  const open = journey({ trigger: { event: "start", entry: "always" } });
  const enter = (times: number, hops: number, from?: ReturnType<typeof entryAfter>) => {
    let entry = from;
    for (let n = 0; n < times; n++) entry = entryAfter(entry, { hops, now: NOW });
    return { entry, inside: 0 };
  };
  const hindered = (past: ReturnType<typeof enter>, more: Partial<Candidate>) =>
    reasonOf(open, candidate({}, more), past);

  test("are counted, and too many in a day are a loop", () => {
    expect(hindered(enter(MOST_AUTOMATIC - 1, 1), { hops: 1 })).toBeUndefined();
    expect(hindered(enter(MOST_AUTOMATIC, 1), { hops: 1 })).toBe("automatic-loop");
  });
  test("do not refuse a customer whom an app's event lets enter", () =>
    expect(hindered(enter(MOST_AUTOMATIC, 1), { hops: 0 })).toBeUndefined());
  test("do not count entries by an app's events", () => expect(hindered(enter(99, 0), { hops: 1 })).toBeUndefined());
  test("are remembered past an app's event", () =>
    expect(hindered(enter(1, 0, enter(MOST_AUTOMATIC, 1).entry), { hops: 1 })).toBe("automatic-loop"));
  test("are forgotten a day after the first", () => {
    const past = enter(MOST_AUTOMATIC, 1);
    expect(hindered(past, { hops: 1, now: plus(NOW, "PT23H59M") })).toBe("automatic-loop");
    expect(hindered(past, { hops: 1, now: plus(NOW, "P1D") })).toBeUndefined();
    expect(entryAfter(past.entry, { hops: 1, now: plus(NOW, "P1D") }).automatic?.count).toBe(1);
  });
});

describe("entry rules", () => {
  const at = (lastEnteredAt: string, count = 1) => ({ count, lastEnteredAt });
  test.each([
    ["once, never entered", "once", nothing, true],
    ["once, entered", "once", before, false],
    ["always", "always", { ...before, inside: 99 }, true],
    ["no limit at all", {}, before, true],
    ["max not reached", { max: 2 }, before, true],
    ["max reached", { max: 1 }, before, false],
    ["maxConcurrent not reached", { maxConcurrent: 2 }, before, true],
    ["maxConcurrent reached", { maxConcurrent: 1 }, before, false],
    ["cooldown, never entered", { cooldown: "P1D" }, nothing, true],
    ["cooldown over", { cooldown: "P1D" }, before, true],
    ["cooldown not over", { cooldown: "P1D" }, { entry: at("2026-01-04T10:00:00.001Z"), inside: 0 }, false],
    ["cooldown over, max reached", { cooldown: "P1D", max: 1 }, before, false],
    ["cooldown over, maxConcurrent reached", { cooldown: "P1D", maxConcurrent: 1 }, before, false],
  ] as const)("%s", (_, rule, past, expected) => expect(entryAllows(rule, past, NOW)).toBe(expected));
});

describe("which journeys listen to which events", () => {
  const live = (journey: Journey) => ({ version: 1, journey });
  const [a, b, c, d] = [
    live(journey({ id: "a" })),
    live(journey({ id: "b" })),
    live(
      journey({
        id: "c",
        trigger: { where: { all: [vip, { field: "customer.tags", operator: "contains", value: "x" }, vip] } },
      }),
    ),
    live(journey({ id: "d", trigger: {} })),
  ];
  const catalog = catalogOf([a, b, c, d]);
  test("by event", () => {
    expect(catalog.triggeredBy("start")).toEqual([a, b]);
    expect(catalog.triggeredBy("other")).toEqual([]);
    expect(catalog.triggeredBy("constructor")).toEqual([]);
  });

  test("by what changes, with the fields that they name", () => {
    expect(catalog.triggeredByChange(["customer.vip", "customer.tags"])).toEqual([c]);
    expect(catalog.triggeredByChange(["customer.other"])).toEqual([]);
    expect(catalog.changeFields).toEqual(
      new Map([
        ["vip", ["customer.vip"]],
        ["tags", ["customer.tags"]],
      ]),
    );
  });
});

describe("the facts that a condition needs", () => {
  const counting = (event: string, within: string): Condition => ({
    event,
    count: { operator: "equals", value: 1 },
    within,
  });
  test("customer fields, each once, wherever they stand", () => {
    expect(
      customerFields({ any: [vip, { not: { all: [x, vip] } }, { field: "customer.a.b", operator: "exists" }] }),
    ).toEqual(["customer.vip", "customer.a.b"]);
    expect(customerFields({ field: "enrollment.key", operator: "exists" })).toEqual([]);
  });

  test("counted events, each since the earliest moment that matters", () => {
    const conditions = [
      undefined,
      { all: [counting("a", "P1D"), counting("a", "P3D"), x] },
      { not: counting("b", "PT1H") },
      counting("a", "P2D"),
    ];
    expect([...countedEvents(conditions, NOW)]).toEqual([
      ["a", "2026-01-02T10:00:00.000Z"],
      ["b", "2026-01-05T09:00:00.000Z"],
    ]);
    expect(countedEvents([vip], NOW).size).toBe(0);
  });
});
