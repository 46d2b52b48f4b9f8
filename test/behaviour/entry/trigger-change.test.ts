/** Journey format §1.2: without `event`, the trigger is considered whenever a customer changes. */
import { describe, expect, test } from "vitest";
import { ann, brief, event, journey, lasting, on, start, story, withoutTimes } from "../scenario-of.ts";

const gold = { field: "customer.tier", operator: "equals", value: "gold" };
const byChange = (more: object = {}) => brief({ trigger: { where: gold, entry: "always", ...more } });
const updated = (at: string, customer: object, more: object = {}) =>
  event(at, "customer.updated", { customer, ...more });
const inside = ["entered v1", "note done", "completed"];

describe("considered when at least one field that where names really has a new value", () => {
  test.each([
    ["a new value that makes it hold", [{ tier: "gold" }], inside],
    ["a new value that does not", [{ tier: "silver" }], []],
    ["another field only", [{ country: "DE" }], []],
    ["the same value again", [{ tier: "gold" }, { tier: "gold" }], inside],
    ["gone and back", [{ tier: "gold" }, { tier: "silver" }, { tier: "gold" }], [...inside, ...inside]],
    ["removed and back", [{ tier: "gold" }, { tier: null }, { tier: "gold" }], [...inside, ...inside]],
    ["another field while it holds", [{ tier: "gold" }, { country: "DE" }], inside],
  ])("%s", async (_, changes, expected) => {
    const events = changes.map((customer, index) => updated(`01-05 1${index}:00`, customer));
    expect(withoutTimes(await story({ journeys: [byChange()], events }))).toEqual(expected);
  });

  test("a customer whose field had the value before the journey has not changed", async () => {
    const customers = [{ ...ann, tier: "gold" }];
    expect(
      await story({ journeys: [byChange()], customers, events: [updated("01-05 10:00", { tier: "gold" })] }),
    ).toEqual([]);
  });

  test("an older value that comes late changes nothing", async () => {
    const events = [
      updated("01-05 10:00", { tier: "silver" }),
      updated("01-05 10:01", { tier: "gold" }, { time: "2026-01-05T09:00:00Z" }),
    ];
    expect(await story({ journeys: [byChange()], events })).toEqual([]);
  });

  test("of several fields, one that has changed is enough, and the condition reads all", async () => {
    const where = { all: [gold, { field: "customer.country", operator: "equals", value: "DE" }] };
    const events = [updated("01-05 10:00", { tier: "gold" }), updated("01-05 11:00", { country: "DE" })];
    expect(await story({ journeys: [byChange({ where })], events })).toEqual([
      "01-05 11:00 | entered v1",
      "01-05 11:00 | note done",
      "01-05 11:00 | completed",
    ]);
  });

  test("a member of an attribute counts, its siblings do not", async () => {
    const where = { field: "customer.address.city", operator: "exists" };
    const events = [
      updated("01-05 10:00", { address: { city: "Ulm", street: "A" } }),
      updated("01-05 11:00", { address: { city: "Ulm", street: "B" } }),
      updated("01-05 12:00", { address: { city: "Bonn", street: "B" } }),
    ];
    const told = await story({ journeys: [byChange({ where })], events });
    expect(told.filter((line) => line.endsWith("entered v1"))).toEqual([
      "01-05 10:00 | entered v1",
      "01-05 12:00 | entered v1",
    ]);
  });

  test("tags are a field like any other", async () => {
    const where = { field: "customer.tags", operator: "contains", value: "vip" };
    const events = [updated("01-05 10:00", { tags: ["new"] }), updated("01-05 11:00", { tags: ["new", "vip"] })];
    expect(withoutTimes(await story({ journeys: [byChange({ where })], events }))).toEqual(inside);
  });
});

describe("the writer of the change does not matter", () => {
  const where = (field: string) => ({ field, operator: "exists" });
  const writing = (component: object) => journey({ id: "writer", components: { write: component } });
  test.each([
    ["an event", where("customer.tier"), start("01-05 10:00", { customer: { tier: "gold" } }), undefined],
    ["addTag", { field: "customer.tags", operator: "contains", value: "w" }, start(), { type: "addTag", tags: ["w"] }],
    [
      "removeTag",
      { field: "customer.tags", operator: "notContains", value: "old" },
      start(),
      { type: "removeTag", tags: ["old"] },
    ],
    ["updateCustomer", where("customer.tier"), start(), { type: "updateCustomer", set: { tier: "gold" } }],
    [
      "updateCustomer that removes",
      { not: where("customer.old") },
      start(),
      { type: "updateCustomer", unset: ["old"] },
    ],
  ])("%s", async (_, where, given, component) => {
    const journeys = [byChange({ where }), ...(component ? [writing(component)] : [])];
    const told = await story({ journeys, customers: [{ ...ann, old: 1, tags: ["old"] }], events: [given] });
    expect(withoutTimes(told).filter((line) => !line.startsWith("writer"))).toEqual(inside);
  });

  test("an addTag of a tag that the customer has is no change", async () => {
    const where = { field: "customer.tags", operator: "contains", value: "w" };
    const journeys = [byChange({ where }), writing({ type: "addTag", tags: ["w"] })];
    const told = await story({ journeys, customers: [{ ...ann, tags: ["w"] }], events: [start()] });
    expect(withoutTimes(told)).toEqual(["writer entered v1", "writer write done", "writer completed"]);
  });
});

test("last shopping time less than a day ago", async () => {
  const where = { field: "customer.lastShoppingAt", operator: "withinLast", value: "P1D" };
  const events = [
    updated("01-05 10:00", { lastShoppingAt: on("01-04 09:59") }),
    updated("01-06 10:00", { lastShoppingAt: on("01-05 10:00") }),
  ];
  const told = await story({ journeys: [byChange({ where })], events });
  expect(told.filter((line) => line.includes("entered"))).toEqual(["01-06 10:00 | entered v1"]);
});

describe("the event that brought the change is the trigger itself, so it counts for no rule", () => {
  const brings = event("01-05 10:00", "order", { customer: { tier: "gold" } });
  test.each([
    ["exit", { exit: [{ id: "bought", event: "order" }] }, "exited bought at stay"],
    ["goal", { goals: [{ id: "bought", event: "order" }] }, "goal bought"],
  ])("%s", async (_, rules, met) => {
    const journeys = [lasting({ trigger: { where: gold }, ...rules })];
    expect(withoutTimes(await story({ journeys, events: [brings] }))).not.toContain(met);
    const again = [brings, event("01-06 10:00", "order")];
    expect(withoutTimes(await story({ journeys, events: again }))).toContain(met);
  });
});

describe("the rest of the trigger holds as for events", () => {
  const gilded = updated("01-05 10:00", { tier: "gold" });
  test.each([
    ["audience", { audience: { field: "customer.country", operator: "exists" } }, {}, "not-entered audience-false"],
    ["unsubscribed", {}, { unsubscribed: true }, "not-entered unsubscribed"],
  ])("%s", async (_, trigger, customer, expected) => {
    const told = await story({ journeys: [byChange(trigger)], customers: [{ ...ann, ...customer }], events: [gilded] });
    expect(withoutTimes(told)).toEqual([expected]);
  });

  test("entry", async () => {
    const events = [gilded, updated("01-05 11:00", { tier: null }), updated("01-05 12:00", { tier: "gold" })];
    expect(withoutTimes(await story({ journeys: [byChange({ entry: "once" })], events }))).toEqual([
      ...inside,
      "not-entered entry-limit",
    ]);
  });

  test("a paused journey", async () => {
    const journeys = [{ ...byChange(), status: "paused" }];
    expect(withoutTimes(await story({ journeys, events: [gilded] }))).toEqual(["not-entered not-active"]);
  });
});

test("journeys that trigger each other automatically stop, with a reason", async () => {
  const toggling = (id: string, operator: string, type: string) =>
    journey({
      id,
      trigger: { where: { field: "customer.tags", operator, value: "x" }, entry: "always" },
      components: { toggle: { type, tags: ["x"] } },
    });
  const journeys = [toggling("off", "contains", "removeTag"), toggling("on", "notContains", "addTag")];
  const told = withoutTimes(await story({ journeys, events: [updated("01-05 10:00", { tags: ["x"] })] }));
  expect(told.at(-1)).toMatch(/^(on|off) not-entered automatic-loop$/);
  expect(told.filter((line) => line.endsWith("entered v1")).length).toBe(9);
});
