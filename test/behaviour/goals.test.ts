/** Journey format §1.4: goals. */
import { describe, expect, test } from "vitest";
import { brief, event, journey, lasting, on, start, story, tell, withoutTimes } from "./scenario-of.ts";

const purchase = { id: "purchase", event: "order" };
const order = (at: string, more: object = {}) => event(at, "order", more as Record<string, unknown>);
const reached = async (parts: Parameters<typeof tell>[0]) => (await tell(parts)).summary.goals["j/purchase"];

describe("met inside its statistics time: the count goes up by one", () => {
  const journeys = [brief({ goals: [{ ...purchase, within: "P7D" }] })];
  test.each([
    ["at the first moment", "01-05 10:00:00.001", {}, 1],
    ["at the last moment", "01-12 10:00", {}, 1],
    ["a millisecond too late", "01-12 10:00:00.001", {}, 0],
    ["before the entry, by its time", "01-06 10:00", { time: "2026-01-05T09:00:00Z" }, 0],
    ["inside by its time, delivered hours later", "01-12 22:00", { time: "2026-01-12T10:00:00Z" }, 1],
    ["inside by its time, delivered three days later", "01-15 22:00", { time: "2026-01-12T10:00:00Z" }, 1],
    ["too late by its time, whenever it is delivered", "01-13 22:00", { time: "2026-01-12T10:00:01Z" }, 0],
  ])("%s", async (_, at, more, expected) => {
    expect(await reached({ journeys, events: [start(), order(at, more)] })).toBe(expected);
  });

  test.each([
    ["at the last moment", "01-12 10:00", 1],
    ["a millisecond too late", "01-12 10:00:00.001", 0],
  ])("of somebody who is still inside: %s", async (_, at, expected) => {
    const inside = [lasting({ goals: [{ ...purchase, within: "P7D" }] })];
    expect(await reached({ journeys: inside, events: [start(), order(at)] })).toBe(expected);
  });

  test.each([
    ["default P30D, at its end", undefined, "02-04 10:00", 1],
    ["default P30D, after its end", undefined, "02-04 10:00:00.001", 0],
    ["at most P365D", "P365D", "12-30 10:00", 1],
  ])("%s", async (_, within, at, expected) => {
    expect(
      await reached({ journeys: [brief({ goals: [{ ...purchase, within }] })], events: [start(), order(at)] }),
    ).toBe(expected);
  });

  test("counted from the entry, not from the trigger event's own time", async () => {
    const events = [start("01-05 10:00", { time: "2026-01-01T10:00:00Z" }), order("01-12 10:00")];
    expect(await reached({ journeys, events })).toBe(1);
  });

  test("counted for an event that is delivered before the trigger event, but happened after it", async () => {
    const events = [order("01-05 10:00"), start("01-05 11:00", { time: "2026-01-05T09:00:00Z" })];
    expect(await reached({ journeys, events })).toBe(1);
  });

  test("the trigger event itself never counts", async () => {
    const own = [brief({ goals: [{ id: "purchase", event: "start" }] })];
    expect(await reached({ journeys: own, events: [start()] })).toBe(0);
  });
});

describe("once per enrollment", () => {
  test("however often it is met", async () => {
    const told = await story({
      journeys: [lasting({ goals: [purchase] })],
      events: [start(), order("01-06 10:00"), order("01-06 10:00"), order("01-20 10:00")],
    });
    expect(told.filter((line) => line.includes("goal"))).toEqual(["01-06 10:00 | goal purchase"]);
  });

  test("each enrollment counts for itself", async () => {
    const journeys = [lasting({ trigger: { event: "start", entry: "always" }, goals: [purchase] })];
    const events = [start("01-05 10:00"), start("01-06 10:00"), order("01-07 10:00"), order("01-08 10:00")];
    expect(await reached({ journeys, events })).toBe(2);
  });

  test("each goal counts for itself", async () => {
    const large = { id: "large", event: "order", where: { field: "event.total", operator: "greaterThan", value: 10 } };
    const events = [
      start(),
      order("01-06 10:00", { data: { total: 5 } }),
      order("01-07 10:00", { data: { total: 50 } }),
    ];
    const told = await story({ journeys: [brief({ goals: [large, purchase] })], events });
    expect(told.filter((line) => line.includes("goal"))).toEqual([
      "01-06 10:00 | goal purchase",
      "01-07 10:00 | goal large",
    ]);
  });
});

describe("a goal never exits anyone and is still counted afterwards", () => {
  test("the customer goes on", async () => {
    const told = await story({ journeys: [lasting({ goals: [purchase] })], events: [start(), order("01-06 10:00")] });
    expect(withoutTimes(told)).toEqual([
      "entered v1",
      "stay waiting 01-15 10:00",
      "goal purchase",
      "stay done",
      "completed",
    ]);
  });

  test("after the customer has completed", async () => {
    const told = await story({ journeys: [brief({ goals: [purchase] })], events: [start(), order("01-06 10:00")] });
    expect(told.at(-1)).toBe("01-06 10:00 | goal purchase");
  });

  test("after the customer has exited", async () => {
    const exit = [{ id: "gone", event: "leave" }];
    const events = [start(), event("01-06 10:00", "leave"), order("01-07 10:00")];
    const told = await tell({ journeys: [lasting({ exit, goals: [purchase] })], events });
    expect(told.story.slice(-2)).toEqual(["01-06 10:00 | exited gone at stay", "01-07 10:00 | goal purchase"]);
    expect(told.summary).toMatchObject({ exited: 1, goals: { "j/purchase": 1 } });
  });

  test("after the journey was stopped", async () => {
    const document = lasting({ goals: [purchase] });
    const edits = [{ at: on("01-06 10:00"), journey: { ...document, status: "stopped" } }];
    expect(await reached({ journeys: [document], edits, events: [start(), order("01-07 10:00")] })).toBe(1);
  });
});

test("an event that meets both counts the goal and exits", async () => {
  const exit = [{ id: "bought", event: "order" }];
  const told = await story({
    journeys: [lasting({ exit, goals: [purchase] })],
    events: [start(), order("01-06 10:00")],
  });
  expect(told.slice(-2)).toEqual(["01-06 10:00 | goal purchase", "01-06 10:00 | exited bought at stay"]);
});

describe("what is a change", () => {
  const gold = { id: "gold", where: { field: "customer.tier", operator: "equals", value: "gold" } };
  const updated = (at: string, customer: object, more: object = {}) =>
    event(at, "customer.updated", { customer, ...more });
  const reached = async (goal: object, ...events: ReturnType<typeof updated>[]) => {
    const journeys = [lasting({ goals: [{ ...gold, ...goal }] })];
    return (await tell({ journeys, events: [start("01-05 10:00", { customer: { tier: "gold" } }), ...events] })).summary
      .goals["j/gold"];
  };

  test("the same value again is none", async () => {
    expect(await reached({}, updated("01-06 10:00", { tier: "gold" }))).toBe(0);
    expect(await reached({}, updated("01-06 10:00", { other: 1 }))).toBe(1);
  });

  test("a report about a message is none", async () => {
    const components = {
      mail: { type: "sendTemplate", template: "hello", next: "stay" },
      stay: { type: "wait", for: "P30D" },
    };
    const { summary } = await tell({
      journeys: [journey({ goals: [{ ...gold, within: "P1D" }], components })],
      events: [start("01-05 10:00", { customer: { tier: "gold" } })],
      statuses: [{ at: on("01-24 10:00"), customerId: "c-1", message: "mail", status: "bounced" }],
    });
    expect(summary.goals["j/gold"]).toBe(0);
  });

  test("a late change that is still news counts with its own time", async () => {
    const late = updated("01-20 10:00", { other: 1 }, { time: on("01-06 10:00") });
    expect(await reached({ within: "P7D" }, updated("01-15 10:00", { more: 1 }), late)).toBe(1);
    expect(await reached({ within: "P7D" }, updated("01-20 10:00", { other: 1 }))).toBe(0);
  });

  test("each component's change is one by itself", async () => {
    const components = {
      add: { type: "addTag", tags: ["x"], next: "remove" },
      remove: { type: "removeTag", tags: ["x"] },
    };
    const tagged = { id: "tagged", where: { field: "customer.tags", operator: "contains", value: "x" } };
    const { summary } = await tell({
      journeys: [lasting({ goals: [tagged] }), journey({ id: "k", trigger: { event: "order" }, components })],
      events: [start("01-05 10:00"), event("01-06 10:00", "order")],
    });
    expect(summary.goals["j/tagged"]).toBe(1);
  });
});

describe("a goal is a rule like an exit rule", () => {
  test("without event: any change of the customer after which where holds", async () => {
    const goals = [{ id: "purchase", where: { field: "customer.tags", operator: "contains", value: "buyer" } }];
    const tag = { type: "addTag", tags: ["buyer"] };
    const journeys = [journey({ goals, components: { wait: { type: "wait", for: "P1D", next: "tag" }, tag } })];
    const told = await story({ journeys, events: [start()] });
    expect(told.filter((line) => line.includes("goal"))).toEqual(["01-06 10:00 | goal purchase"]);
  });

  test("key: the event's value must equal the enrollment's key", async () => {
    const trigger = { event: "start", key: "event.cart" };
    const journeys = [brief({ trigger, goals: [{ ...purchase, key: "event.cart" }] })];
    const given = start("01-05 10:00", { data: { cart: "k1" } });
    expect(await reached({ journeys, events: [given, order("01-06 10:00", { data: { cart: "k2" } })] })).toBe(0);
    expect(await reached({ journeys, events: [given, order("01-06 10:00", { data: { cart: "k1" } })] })).toBe(1);
  });

  test("where reads the event and the customer", async () => {
    const where = {
      all: [
        { field: "event.n", operator: "equals", value: 1 },
        { field: "customer.m", operator: "equals", value: 2 },
      ],
    };
    const journeys = [brief({ goals: [{ ...purchase, where }] })];
    const with2 = [start("01-05 10:00", { customer: { m: 2 } })];
    expect(await reached({ journeys, events: [...with2, order("01-06 10:00", { data: { n: 1 } })] })).toBe(1);
    expect(await reached({ journeys, events: [...with2, order("01-06 10:00", { data: { n: 2 } })] })).toBe(0);
  });
});
