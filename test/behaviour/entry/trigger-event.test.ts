/** Journey format §1.2: an event lets a customer in when everything that the trigger asks for holds. */
import { describe, expect, test } from "vitest";
import { ann, brief, event, start, story, withoutTimes } from "../scenario-of.ts";

const inside = ["entered v1", "note done", "completed"];
const left = (reason: string) => [`not-entered ${reason}`];

async function entering(trigger: object, given: object, customer: object = {}) {
  const scenario = {
    journeys: [brief({ trigger: { event: "start", ...trigger } })],
    customers: [{ ...ann, ...customer }],
  };
  return withoutTimes(await story({ ...scenario, events: [start("01-05 10:00", given as Record<string, unknown>)] }));
}

describe("the customer enters when the event has this name", () => {
  test.each([
    ["the same name", "start", inside],
    ["another name", "stop", []],
    ["the name in another case, which is another name", "Start", []],
    ["a longer name", "start.over", []],
  ])("%s", async (_, name, expected) => {
    expect(withoutTimes(await story({ journeys: [brief()], events: [event("01-05 10:00", name)] }))).toEqual(expected);
  });

  test("a name may have any case, which is kept", async () => {
    const journeys = [brief({ trigger: { event: "Start.Up" } })];
    const events = [event("01-05 10:00", "Start.Up"), event("01-05 11:00", "start.up")];
    expect(withoutTimes(await story({ journeys, events }))).toEqual(inside);
  });
});

describe("where holds on the event", () => {
  const where = { field: "event.total", operator: "greaterThanOrEquals", value: 20 };
  test.each([
    ["it holds", { data: { total: 20 } }, inside],
    ["it does not hold", { data: { total: 19.99 } }, left("where-false")],
    ["the field is missing", { data: {} }, left("where-false")],
    ["the event has no data", {}, left("where-false")],
    ["the type is another", { data: { total: "20" } }, left("where-false")],
  ])("%s", async (_, given, expected) => {
    expect(await entering({ where }, given)).toEqual(expected);
  });
});

describe("where may read the customer", () => {
  const where = { field: "customer.country", operator: "equals", value: "DE" };
  test.each([
    ["it holds", { country: "DE" }, inside],
    ["it does not hold", { country: "FR" }, left("where-false")],
    ["no attribute is stored", {}, left("where-false")],
  ])("%s", async (_, customer, expected) => {
    expect(await entering({ where }, {}, customer)).toEqual(expected);
  });

  test("conditions count the customer's events, including the one being handled", async () => {
    const where = { event: "start", count: { operator: "greaterThanOrEquals", value: 2 }, within: "P7D" };
    const journeys = [brief({ trigger: { event: "start", where } })];
    const events = [start("01-05 10:00"), start("01-12 10:00"), start("01-19 09:59")];
    expect(await story({ journeys, events })).toEqual([
      "01-05 10:00 | not-entered where-false",
      "01-12 10:00 | not-entered where-false",
      "01-19 09:59 | entered v1",
      "01-19 09:59 | note done",
      "01-19 09:59 | completed",
    ]);
  });
});

describe("audience holds on the customer as known when the event is handled", () => {
  const audience = { field: "customer.country", operator: "oneOf", value: ["DE", "FR"] };
  test.each([
    ["it holds", {}, { country: "FR" }, inside],
    ["it does not hold", {}, { country: "US" }, left("audience-false")],
    ["the event's own customer changes make it hold", { customer: { country: "DE" } }, { country: "US" }, inside],
    [
      "the event's own customer changes end it",
      { customer: { country: "US" } },
      { country: "DE" },
      left("audience-false"),
    ],
    [
      "the event's own customer changes remove the field",
      { customer: { country: null } },
      { country: "DE" },
      left("audience-false"),
    ],
  ])("%s", async (_, given, customer, expected) => {
    expect(await entering({ audience }, given, customer)).toEqual(expected);
  });

  test("a change that is delivered before the event counts, also when it happened after it", async () => {
    const events = [
      event("01-05 10:01", "moved", { customer: { country: "DE" } }),
      start("01-05 10:02", { time: "2026-01-05T09:00:00Z" }),
    ];
    const journeys = [brief({ trigger: { event: "start", audience } })];
    expect(withoutTimes(await story({ journeys, events }))).toEqual(inside);
  });

  test("a change that is delivered after the event does not count, also when it happened before it", async () => {
    const events = [
      start("01-05 10:00"),
      event("01-05 10:01", "moved", { time: "2026-01-05T09:00:00Z", customer: { country: "DE" } }),
    ];
    const journeys = [brief({ trigger: { event: "start", audience } })];
    expect(withoutTimes(await story({ journeys, events }))).toEqual(left("audience-false"));
  });
});

describe("the journey is active", () => {
  test.each([
    ["active", inside],
    ["paused", left("not-active")],
    ["stopped", left("not-active")],
    // A draft that was never live costs an event nothing, so it leaves no reason.
    ["draft", []],
    [undefined, []],
  ])("%s", async (status, expected) => {
    const { status: _, ...rest } = brief();
    const journeys = [status === undefined ? rest : { ...rest, status }];
    expect(withoutTimes(await story({ journeys, events: [start()] }))).toEqual(expected);
  });
});

describe("unless includeUnsubscribed is true, the customer is not unsubscribed", () => {
  const nobody = left("unsubscribed");
  test.each([
    ["unsubscribed", {}, {}, { unsubscribed: true }, nobody],
    ["not unsubscribed", {}, {}, { unsubscribed: false }, inside],
    ["unsubscribed and included", { includeUnsubscribed: true }, {}, { unsubscribed: true }, inside],
    [
      "unsubscribed, and includeUnsubscribed is false",
      { includeUnsubscribed: false },
      {},
      { unsubscribed: true },
      nobody,
    ],
    ["unsubscribed by the event itself", {}, { customer: { unsubscribed: true } }, {}, nobody],
    ["subscribed again by the event itself", {}, { customer: { unsubscribed: null } }, { unsubscribed: true }, inside],
  ])("%s", async (_, trigger, given, customer, expected) => {
    expect(await entering(trigger, given, customer)).toEqual(expected);
  });
});

test("an event enters every journey that it triggers, and each that refuses leaves its own reason", async () => {
  const journeys = [
    brief(),
    brief({ id: "k", trigger: { event: "start", where: { field: "event.x", operator: "exists" } } }),
    brief({ id: "l", status: "paused" }),
    brief({ id: "m", trigger: { event: "other" } }),
    brief({ id: "n" }),
  ];
  const told = await story({ journeys, events: [start()] });
  expect(withoutTimes(told).filter((line) => line.includes("entered"))).toEqual([
    "entered v1",
    "k not-entered where-false",
    "l not-entered not-active",
    "n entered v1",
  ]);
});

test("a customer without stored data enters too", async () => {
  const told = await story({
    journeys: [brief()],
    customers: [],
    events: [start("01-05 10:00", { customerId: "c-9" })],
  });
  expect(withoutTimes(told)).toEqual(["c-9 entered v1", "c-9 note done", "c-9 completed"]);
});
