/** Journey format §1.2: how often a customer, and a key, may enter. */
import { describe, expect, test } from "vitest";
import { brief, event, lasting, start, story, tell, withoutTimes } from "../scenario-of.ts";

/** Which trigger events let the customer enter. */
async function letIn(trigger: object, starts: readonly object[], make = brief): Promise<string[]> {
  const told = await story({
    journeys: [make({ trigger: { event: "start", ...trigger } })],
    events: starts as Record<string, unknown>[],
  });
  return told.flatMap((line) => {
    const [when, what] = line.split(" | ") as [string, string];
    if (what.startsWith("entered")) return [`${when} in`];
    return what.startsWith("not-entered") ? [`${when} ${what.slice("not-entered ".length)}`] : [];
  });
}

const each = (...times: string[]) => times.map((time) => start(time));

describe("once: once per customer ever", () => {
  test.each([["once"], [undefined]])("%s", async (entry) => {
    expect(await letIn({ entry }, each("01-05 10:00", "01-06 10:00", "12-06 10:00"))).toEqual([
      "01-05 10:00 in",
      "01-06 10:00 entry-limit",
      "12-06 10:00 entry-limit",
    ]);
  });

  test("another customer enters once too", async () => {
    const events = [start("01-05 10:00"), start("01-05 11:00", { customerId: "c-2" })];
    const told = withoutTimes(await story({ journeys: [brief()], events }));
    expect(told.filter((line) => line.includes("entered"))).toEqual(["entered v1", "c-2 entered v1"]);
  });
});

test("always: every such event, also while the customer is inside", async () => {
  const starts = each("01-05 10:00", "01-05 10:00", "01-05 10:01");
  expect(await letIn({ entry: "always" }, starts, lasting)).toEqual([
    "01-05 10:00 in",
    "01-05 10:00 in",
    "01-05 10:01 in",
  ]);
});

describe("cooldown: not within that time of the last entry", () => {
  test("counted from the last entry, not from the last attempt; at its end the customer enters", async () => {
    const starts = each("01-05 10:00", "01-20 10:00", "02-04 09:59", "02-04 10:00", "02-05 10:00");
    expect(await letIn({ entry: { cooldown: "P30D" } }, starts)).toEqual([
      "01-05 10:00 in",
      "01-20 10:00 entry-limit",
      "02-04 09:59 entry-limit",
      "02-04 10:00 in",
      "02-05 10:00 entry-limit",
    ]);
  });
});

describe("maxConcurrent: at most so many inside at once", () => {
  test("counts active enrollments; one that has ended frees its place", async () => {
    const starts = each("01-05 10:00", "01-06 10:00", "01-07 10:00", "01-15 10:01");
    expect(await letIn({ entry: { maxConcurrent: 2 } }, starts, lasting)).toEqual([
      "01-05 10:00 in",
      "01-06 10:00 in",
      "01-07 10:00 entry-limit",
      "01-15 10:01 in",
    ]);
  });

  test("two events of the same time take one place only once", async () => {
    const starts = each("01-05 10:00", "01-05 10:00");
    expect(await letIn({ entry: { maxConcurrent: 1 } }, starts, lasting)).toEqual([
      "01-05 10:00 in",
      "01-05 10:00 entry-limit",
    ]);
  });
});

test("max: at most so many ever", async () => {
  const starts = each("01-05 10:00", "01-06 10:00", "01-07 10:00");
  expect(await letIn({ entry: { max: 2 } }, starts)).toEqual([
    "01-05 10:00 in",
    "01-06 10:00 in",
    "01-07 10:00 entry-limit",
  ]);
});

test("any of cooldown, maxConcurrent and max keeps the customer out", async () => {
  const entry = { cooldown: "P1D", maxConcurrent: 1, max: 2 };
  const starts = each("01-05 10:00", "01-05 12:00", "01-07 10:00", "01-16 10:00", "02-16 10:00");
  expect(await letIn({ entry }, starts, lasting)).toEqual([
    "01-05 10:00 in",
    "01-05 12:00 entry-limit",
    "01-07 10:00 entry-limit",
    "01-16 10:00 in",
    "02-16 10:00 entry-limit",
  ]);
});

describe("entry rules count per customer and key value", () => {
  const cart = (time: string, data: object) => start(time, { data });
  test.each([
    ["once", "once"],
    ["max", { max: 1 }],
    ["cooldown", { cooldown: "P300D" }],
    ["maxConcurrent", { maxConcurrent: 1 }],
  ])("%s", async (_, entry) => {
    const starts = [
      cart("01-05 10:00", { cart: "k1" }),
      cart("01-05 11:00", { cart: "k2" }),
      cart("01-05 12:00", { cart: "k1" }),
      cart("01-05 13:00", {}),
      cart("01-05 14:00", {}),
    ];
    expect(await letIn({ entry, key: "event.cart" }, starts, lasting)).toEqual([
      "01-05 10:00 in",
      "01-05 11:00 in",
      "01-05 12:00 entry-limit",
      "01-05 13:00 in",
      "01-05 14:00 entry-limit",
    ]);
  });

  test('types never coerce: 1 and "1" are two keys, null is none', async () => {
    const starts = [
      cart("01-05 10:00", { cart: 1 }),
      cart("01-05 11:00", { cart: "1" }),
      cart("01-05 12:00", { cart: null }),
      cart("01-05 13:00", {}),
    ];
    expect(await letIn({ key: "event.cart" }, starts)).toEqual([
      "01-05 10:00 in",
      "01-05 11:00 in",
      "01-05 12:00 in",
      "01-05 13:00 entry-limit",
    ]);
  });

  test("a value that cannot be used as a key counts as no key", async () => {
    const starts = [
      cart("01-05 10:00", { cart: "x".repeat(1100) }),
      cart("01-05 11:00", { cart: "y".repeat(257) }),
      cart("01-05 12:00", { cart: "y".repeat(256) }),
    ];
    expect(await letIn({ key: "event.cart" }, starts)).toEqual([
      "01-05 10:00 in",
      "01-05 11:00 entry-limit",
      "01-05 12:00 in",
    ]);
  });

  test("a key may be nested in the event", async () => {
    const { lines } = await tell({
      journeys: [brief({ trigger: { event: "start", key: "event.order.id" } })],
      events: [start("01-05 10:00", { data: { order: { id: "o-1" } } })],
    });
    expect(lines[0]).toMatchObject({ kind: "entered", key: "o-1" });
  });
});

describe("one event enters a journey at most once, however often it is delivered", () => {
  const twice = [start("01-05 10:00", { id: "e1" }), start("01-05 11:00", { id: "e1" })];
  test.each([["once"], ["always"], [{ max: 5 }]])("entry %j", async (entry) => {
    expect(await letIn({ entry }, twice)).toEqual(["01-05 10:00 in", "01-05 11:00 duplicate-event"]);
  });

  test("at the same moment", async () => {
    const starts = [start("01-05 10:00", { id: "e1" }), start("01-05 10:00", { id: "e1" })];
    expect(await letIn({ entry: "always" }, starts)).toEqual(["01-05 10:00 in", "01-05 10:00 duplicate-event"]);
  });

  test("events without an id are different events", async () => {
    expect(await letIn({ entry: "always" }, each("01-05 10:00", "01-05 10:00"))).toEqual([
      "01-05 10:00 in",
      "01-05 10:00 in",
    ]);
  });

  test("the same id of another customer is another event", async () => {
    const starts = [start("01-05 10:00", { id: "e1" }), start("01-05 11:00", { id: "e1", customerId: "c-2" })];
    const told = await story({ journeys: [brief()], events: starts });
    expect(withoutTimes(told).filter((line) => line.includes("entered"))).toEqual(["entered v1", "c-2 entered v1"]);
  });
});

describe("a customer whose exit rule on customer state already holds does not enter", () => {
  const exit = [
    { id: "gone", where: { field: "customer.gone", operator: "equals", value: true } },
    { id: "bought", event: "order" },
  ];
  test.each([
    ["it holds", { customer: { gone: true } }, "01-05 10:00 exit-holds"],
    ["it does not hold", { customer: { gone: false } }, "01-05 10:00 in"],
  ])("%s", async (_, more, expected) => {
    const make = () => lasting({ exit });
    expect(await letIn({}, [start("01-05 10:00", more)], make)).toEqual([expected]);
  });

  test("an exit rule on an event refuses no customer", async () => {
    const events = [event("01-05 09:00", "order"), start("01-05 10:00")];
    expect(withoutTimes(await story({ journeys: [brief({ exit })], events }))[0]).toBe("entered v1");
  });
});

describe("every event that had the trigger's event name and did not enter leaves a reason, readable per customer", () => {
  test("with the journey, the event, the key and when", async () => {
    const trigger = { event: "start", key: "event.cart" };
    const { lines, store } = await tell({
      journeys: [brief({ trigger })],
      events: [start("01-05 10:00", { data: { cart: "k" } }), start("01-05 11:00", { id: "e2", data: { cart: "k" } })],
    });
    const enrollmentId = expect.any(String);
    const about = { customerId: "c-1", journeyId: "j", enrollmentId, key: "k", event: "start", reason: "entry-limit" };
    expect(lines.at(-1)).toEqual({ at: "2026-01-05T11:00:00.000Z", kind: "not-entered", version: 1, ...about });
    const reasons = [...store.all()].flatMap(({ reasons }) => [...reasons.values()]);
    expect(reasons).toEqual([
      {
        ...about,
        journeyVersion: 1,
        eventId: "e2",
        deliveryId: expect.any(String),
        time: "2026-01-05T11:00:00.000Z",
        at: "2026-01-05T11:00:00.000Z",
      },
    ]);
  });

  test("an event of another name leaves none", async () => {
    expect(await story({ journeys: [brief()], events: [event("01-05 10:00", "other")] })).toEqual([]);
  });
});
