/** Journey format §2: `customer.deleted`. */
import { describe, expect, test } from "vitest";
import { ann, brief, event, journey, lasting, on, start, status, story, tell, withoutTimes } from "./scenario-of.ts";

const deleted = (at: string, more: object = {}) => event(at, "customer.deleted", more as Record<string, unknown>);

describe("exits the customer from everything", () => {
  test("from every journey, at once, whatever component they are at", async () => {
    const waiting = journey({
      id: "k",
      components: { rest: { type: "waitFor", branches: [{ id: "x", event: "x" }], within: "P9D" } },
    });
    const { story, summary } = await tell({
      journeys: [lasting(), waiting],
      events: [start(), deleted("01-06 10:00")],
    });
    expect(story.slice(-2).toSorted()).toEqual([
      "01-06 10:00 | exited customer-deleted at stay",
      "01-06 10:00 | k exited customer-deleted at rest",
    ]);
    expect(summary).toMatchObject({ entered: 2, active: 0, exited: 2 });
  });

  test("no later component has any effect", async () => {
    const components = {
      rest: { type: "wait", for: "P1D", next: "mail" },
      mail: { type: "sendTemplate", template: "hello" },
    };
    const { summary } = await tell({ journeys: [journey({ components })], events: [start(), deleted("01-05 11:00")] });
    expect(summary).toMatchObject({ messages: 0, exited: 1, completed: 0 });
  });

  test("another customer stays", async () => {
    const events = [start(), start("01-05 10:00", { customerId: "c-2" }), deleted("01-06 10:00")];
    const { summary } = await tell({ journeys: [lasting()], events });
    expect(summary).toMatchObject({ exited: 1, completed: 1 });
  });
});

describe("erases all that is stored on them", () => {
  const journeys = [
    lasting({ trigger: { event: "start", key: "event.secret" } }),
    brief({ id: "k", trigger: { event: "other", where: { field: "event.x", operator: "exists" } } }),
    journey({ id: "m", components: { mail: { type: "sendTemplate", template: "receipt" } } }),
  ];
  const events = [
    start("01-05 10:00", { data: { secret: "ann-secret" }, customer: { phone: "ann-phone" } }),
    event("01-05 11:00", "other", { data: { secret: "ann-secret" } }),
    deleted("01-06 10:00"),
  ];
  const statuses = [status("01-05 12:00", "mail", "bounced")];

  test("nothing is left but a tombstone", async () => {
    const { store } = await tell({ journeys, customers: [{ ...ann, tags: ["ann-tag"] }], events, statuses });
    const [partition] = [...store.all()];
    expect(partition?.customer).toEqual({
      customerId: "c-1",
      revision: expect.any(Number),
      attributes: {},
      tags: [],
      times: {},
      changedAt: "",
      hops: 0,
      deletedAt: on("01-06 10:00"),
    });
    expect(JSON.stringify([...store.all()])).not.toMatch(/ann/);
    for (const kind of ["enrollments", "entries", "events", "reasons"] as const)
      expect(partition?.[kind].size, kind).toBe(0);
  });

  test("the journey's counts stay, and the counts of erased enrollments are kept apart", async () => {
    const { store } = await tell({ journeys, events });
    expect(store.counts.get("j")).toMatchObject({ entered: 1, exited: 1, "erased.entered": 1, "erased.exited": 1 });
  });
});

describe("late older events do not bring the customer back", () => {
  const late = { time: on("01-06 09:59") };
  test.each([
    ["an event", start("01-07 10:00", { ...late, customer: { email: "ann@shop.example" } })],
    ["an event of the same time", start("01-07 10:00", { time: on("01-06 10:00"), customer: { phone: "1" } })],
    ["a change", event("01-07 10:00", "customer.updated", { ...late, customer: { tier: "gold" } })],
  ])("%s", async (_, given) => {
    const { store, story } = await tell({ journeys: [brief()], events: [deleted("01-06 10:00"), given] });
    const [partition] = [...store.all()];
    expect(story).toEqual([]);
    expect(partition?.customer).toMatchObject({ attributes: {}, tags: [], deletedAt: on("01-06 10:00") });
    expect(partition?.events.size).toBe(0);
  });

  test("an older deletion that comes late leaves the newer one as it is", async () => {
    const events = [deleted("01-06 10:00"), deleted("01-06 11:00", { time: on("01-05 10:00") })];
    const { store } = await tell({ events });
    expect((await store.customer("c-1")).deletedAt).toBe(on("01-06 10:00"));
  });

  test("a deletion that is delivered twice is one deletion", async () => {
    const events = [
      start(),
      deleted("01-06 10:00", { id: "d" }),
      deleted("01-07 10:00", { id: "d", time: on("01-06 10:00") }),
    ];
    const { story, summary } = await tell({ journeys: [lasting()], events });
    expect(withoutTimes(story).filter((line) => line.startsWith("exited"))).toHaveLength(1);
    expect(summary.exited).toBe(1);
  });
});

describe("an event after the deletion makes a new customer", () => {
  test("the new customer has nothing of the deleted one, and may enter again", async () => {
    const events = [
      start("01-05 10:00", { customer: { tier: "gold" } }),
      deleted("01-06 10:00"),
      start("01-07 10:00", { customer: { email: "new@shop.example" } }),
    ];
    const { story, store } = await tell({ journeys: [lasting()], events });
    expect(withoutTimes(story)).toEqual([
      "entered v1",
      "stay waiting 01-15 10:00",
      "exited customer-deleted at stay",
      "entered v1",
      "stay waiting 01-17 10:00",
      "stay done",
      "completed",
    ]);
    expect((await store.customer("c-1")).attributes).toEqual({ email: "new@shop.example" });
  });
});

test("a deletion that comes late leaves later data", async () => {
  const journeys = [lasting({ trigger: { event: "start", entry: { max: 1 } } })];
  const events = [
    event("01-05 10:00", "customer.updated", { customer: { tier: "gold", phone: "1" } }),
    start("01-05 12:00", { id: "new", customer: { tier: "silver" } }),
    deleted("01-05 13:00", { time: on("01-05 11:00") }),
    start("01-05 14:00", { id: "again" }),
  ];
  const { store, summary, story } = await tell({ journeys, events });
  const [partition] = [...store.all()];
  expect(partition?.customer).toMatchObject({ attributes: { tier: "silver" }, deletedAt: on("01-05 11:00") });
  expect([...(partition?.events.keys() ?? [])]).toEqual(["new", "again"]);
  expect(summary).toMatchObject({ entered: 1, exited: 0 });
  expect(withoutTimes(story)).toContain("not-entered entry-limit");
});

test("a customer without stored data can be deleted", async () => {
  const { store, warnings } = await tell({ events: [deleted("01-06 10:00", { customerId: "c-9" })] });
  expect((await store.customer("c-9")).deletedAt).toBe(on("01-06 10:00"));
  expect(warnings).toEqual([]);
});

test("a late deletion that removes attributes of the new customer is a change, and may meet an exit", async () => {
  const exit = [{ id: "out", where: { field: "customer.tags", operator: "notContains", value: "x" } }];
  const told = await story({
    journeys: [lasting({ exit, trigger: { event: "start", entry: "always" } })],
    events: [
      event("01-05 09:00", "customer.updated", { customer: { tags: ["x"] } }),
      start("01-05 10:00"),
      event("01-05 12:00", "customer.deleted", { time: on("01-05 09:30") }),
    ],
  });
  expect(told.at(-1)).toBe("01-05 12:00 | exited out at stay");
});

test("a customer who comes back at the moment of the deletion keeps what the journey sets", async () => {
  const components = {
    tag: { type: "addTag", tags: ["x"], next: "set" },
    set: { type: "updateCustomer", set: { tier: "gold" } },
  };
  const { store } = await tell({
    journeys: [journey({ components })],
    events: [event("01-05 10:00", "customer.deleted"), start("01-05 10:00", { time: on("01-05 10:04") })],
  });
  const { tags, attributes, times, deletedAt = "" } = await store.customer("c-1");
  expect([tags, attributes]).toEqual([["x"], { tier: "gold" }]);
  for (const time of Object.values(times)) expect(time > deletedAt).toBe(true);
});
