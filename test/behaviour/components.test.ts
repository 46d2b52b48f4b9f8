/** Journey format §1.3: the components that take no time, except messages and `split`. */
import { describe, expect, test } from "vitest";
import { ann, event, journey, start, story, tell, withoutTimes } from "./scenario-of.ts";

const one = (component: object, more: object = {}) => journey({ components: { here: component }, ...more });
const customerAfter = async (component: object, customer: object = {}, given: object = {}, more: object = {}) => {
  const { store } = await tell({
    journeys: [one(component, more)],
    customers: [{ ...ann, ...customer }],
    events: [start("01-05 10:00", given as Record<string, unknown>)],
  });
  return store.customer("c-1");
};

describe("next: absent = the journey ends there", () => {
  test("the customer completes after the last component on the path", async () => {
    const components = { a: { type: "addTag", tags: ["x"], next: "b" }, b: { type: "removeTag", tags: ["x"] } };
    expect(withoutTimes(await story({ journeys: [journey({ components })], events: [start()] }))).toEqual([
      "entered v1",
      "a done",
      "b done",
      "completed",
    ]);
  });

  test("start names the first component, whatever its position in the document", async () => {
    const components = { b: { type: "addTag", tags: ["b"] }, a: { type: "addTag", tags: ["a"], next: "b" } };
    const told = await story({ journeys: [journey({ components, start: "a" })], events: [start()] });
    expect(withoutTimes(told).slice(1, 3)).toEqual(["a done", "b done"]);
  });

  test("paths may join", async () => {
    const when = { field: "event.n", operator: "equals", value: 1 };
    const components = {
      pick: { type: "condition", branches: [{ when, next: "a" }], otherwise: "b" },
      a: { type: "addTag", tags: ["a"], next: "both" },
      b: { type: "addTag", tags: ["b"], next: "both" },
      both: { type: "addTag", tags: ["both"] },
    };
    const events = [
      start("01-05 10:00", { data: { n: 1 } }),
      start("01-05 10:00", { data: { n: 2 }, customerId: "c-2" }),
    ];
    const { summary } = await tell({ journeys: [journey({ components })], events });
    expect(summary.tags).toEqual({ "c-1": ["a", "both"], "c-2": ["b", "both"] });
  });
});

describe("addTag and removeTag change the customer's tag set", () => {
  test.each([
    ["a new tag", { type: "addTag", tags: ["x"] }, [], ["x"]],
    ["several", { type: "addTag", tags: ["y", "x"] }, ["a"], ["a", "x", "y"]],
    ["a tag that is there already", { type: "addTag", tags: ["a"] }, ["a"], ["a"]],
    ["a tag that is there", { type: "removeTag", tags: ["a"] }, ["a", "b"], ["b"]],
    ["a tag that is not there", { type: "removeTag", tags: ["x"] }, ["a"], ["a"]],
    ["all", { type: "removeTag", tags: ["a", "b"] }, ["a", "b"], []],
  ])("%s", async (_, component, tags, expected) => {
    expect((await customerAfter(component, { tags })).tags).toEqual(expected);
  });
});

describe("updateCustomer sets attributes", () => {
  const update = (more: object) => ({ type: "updateCustomer", ...more });
  const given = { data: { total: 59, items: [{ sku: "a" }], none: null } };
  test.each([
    [
      "literals",
      update({ set: { a: 1, b: "two", c: true, d: [1, { e: null }] } }),
      { a: 1, b: "two", c: true, d: [1, { e: null }] },
    ],
    ["over what is there", update({ set: { old: 2 } }), { old: 2 }],
    ["a value of the event", update({ set: { total: { path: "event.total" } } }), { total: 59 }],
    ["a structured value of the event", update({ set: { items: { path: "event.items" } } }), { items: [{ sku: "a" }] }],
    ["a value of the customer", update({ set: { copy: { path: "customer.old" } } }), { copy: 1 }],
    [
      "a path that leads nowhere sets nothing",
      update({ set: { a: { path: "event.missing" }, b: { path: "event.none" } } }),
      {},
    ],
    ["unset", update({ unset: ["old"] }), { old: undefined }],
    ["unset what is not there", update({ unset: ["missing"] }), {}],
    ["set and unset", update({ set: { a: 1 }, unset: ["old"] }), { a: 1, old: undefined }],
    [
      "a reserved attribute",
      update({ set: { timezone: "Europe/Berlin", unsubscribed: true } }),
      { timezone: "Europe/Berlin", unsubscribed: true },
    ],
  ])("%s", async (_, component, changed) => {
    const { attributes } = await customerAfter(component, { old: 1 }, given);
    const expected = Object.entries({ email: ann.email, old: 1, ...changed }).filter(
      ([, value]) => value !== undefined,
    );
    expect(attributes).toEqual(Object.fromEntries(expected));
  });

  test("enrollment.key can be read", async () => {
    const trigger = { event: "start", key: "event.cart" };
    const component = update({ set: { lastCart: { path: "enrollment.key" } } });
    const { attributes } = await customerAfter(component, {}, { data: { cart: "k1" } }, { trigger });
    expect(attributes.lastCart).toBe("k1");
  });

  test("an attribute that a journey sets is newer than every stored value, so no late event overwrites it", async () => {
    const { store } = await tell({
      journeys: [one(update({ set: { tier: "gold" } }))],
      events: [
        start(),
        event("01-05 11:00", "customer.updated", { time: "2026-01-05T09:00:00Z", customer: { tier: "tin" } }),
      ],
    });
    expect((await store.customer("c-1")).attributes.tier).toBe("gold");
  });

  test("the next component reads it", async () => {
    const when = { field: "customer.tier", operator: "equals", value: "gold" };
    const components = {
      set: update({ set: { tier: "gold" }, next: "pick" }),
      pick: { type: "condition", branches: [{ when, next: "yes" }] },
      yes: { type: "addTag", tags: ["yes"] },
    };
    const told = await tell({ journeys: [journey({ components })], events: [start()] });
    expect(told.summary.tags).toEqual({ "c-1": ["yes"] });
  });
});

describe("condition: the first branch that holds", () => {
  const equals = (value: number) => ({ field: "event.n", operator: "oneOf", value: [value, 9] });
  const tag = (name: string) => ({ type: "addTag", tags: [name] });
  const components = {
    pick: {
      type: "condition",
      branches: [{ when: equals(1), next: "a" }, { when: equals(2), next: "b" }, { when: equals(3) }],
      otherwise: "c",
    },
    a: tag("a"),
    b: tag("b"),
    c: tag("c"),
  };
  test.each([
    ["the first", 1, ["pick a", "a done"]],
    ["the second", 2, ["pick b", "b done"]],
    ["several hold: the first", 9, ["pick a", "a done"]],
    ["none: otherwise", 7, ["pick c", "c done"]],
    ["a branch that leads nowhere ends the journey", 3, ["pick end"]],
  ])("%s", async (_, n, expected) => {
    const told = await story({ journeys: [journey({ components })], events: [start("01-05 10:00", { data: { n } })] });
    expect(withoutTimes(told)).toEqual(["entered v1", ...expected, "completed"]);
  });

  test("without otherwise, the journey ends when no branch holds", async () => {
    const { otherwise: _, ...pick } = components.pick;
    const journeys = [
      journey({
        components: { ...components, pick: { ...pick, branches: [...pick.branches, { when: equals(4), next: "c" }] } },
      }),
    ];
    const told = await story({ journeys, events: [start("01-05 10:00", { data: { n: 7 } })] });
    expect(withoutTimes(told)).toEqual(["entered v1", "pick end", "completed"]);
  });

  test("a condition may count the customer's events up to now", async () => {
    const when = { event: "visit", count: { operator: "greaterThanOrEquals", value: 2 }, within: "P7D" };
    const counting = {
      rest: { type: "wait", for: "P7D", next: "pick" },
      pick: { type: "condition", branches: [{ when, next: "a" }], otherwise: "b" },
      a: tag("a"),
      b: tag("b"),
    };
    const tags = async (...visits: string[]) => {
      const events = [start(), ...visits.map((at) => event(at, "visit"))];
      return (await tell({ journeys: [journey({ components: counting })], events })).summary.tags["c-1"];
    };
    expect(await tags("01-06 10:00", "01-12 09:59")).toEqual(["a"]);
    expect(await tags("01-06 10:00", "01-12 10:01")).toEqual(["b"]);
    expect(await tags("01-05 09:00", "01-12 09:59")).toEqual(["b"]);
  });

  test("a condition reads the event as it was at entry and the customer as they are now", async () => {
    const when = {
      all: [
        { field: "event.n", operator: "equals", value: 1 },
        { field: "customer.m", operator: "equals", value: 2 },
      ],
    };
    const waiting = {
      rest: { type: "wait", for: "P1D", next: "pick" },
      pick: { type: "condition", branches: [{ when, next: "a" }], otherwise: "b" },
      a: tag("a"),
      b: tag("b"),
    };
    const events = [
      start("01-05 10:00", { data: { n: 1 }, customer: { m: 1 } }),
      event("01-05 11:00", "start", { data: { n: 3 }, customer: { m: 2 } }),
    ];
    expect((await tell({ journeys: [journey({ components: waiting })], events })).summary.tags).toEqual({
      "c-1": ["a"],
    });
  });
});

describe("emitEvent publishes an event on the bus", () => {
  test("another journey may start from it; it carries the data", async () => {
    const journeys = [
      one({
        type: "emitEvent",
        event: "vip.found",
        data: { total: { path: "event.total" }, kind: "big", who: { path: "customer.email" } },
      }),
      journey({
        id: "k",
        trigger: { event: "vip.found", where: { field: "event.kind", operator: "equals", value: "big" } },
        components: {
          set: { type: "updateCustomer", set: { seen: { path: "event.total" }, who: { path: "event.who" } } },
        },
      }),
    ];
    const { story, store } = await tell({ journeys, events: [start("01-05 10:00", { data: { total: 59 } })] });
    expect(withoutTimes(story)).toEqual([
      "entered v1",
      "here done",
      "completed",
      "k entered v1",
      "k set done",
      "k completed",
    ]);
    expect((await store.customer("c-1")).attributes).toMatchObject({ seen: 59, who: ann.email });
  });

  test("once per visit: every turn of a loop publishes its own", async () => {
    const components = {
      emit: { type: "emitEvent", event: "tick", next: "rest" },
      rest: { type: "wait", for: "P1D", next: "emit" },
    };
    const counter = journey({
      id: "k",
      trigger: { event: "tick", entry: "always" },
      components: { a: { type: "addTag", tags: ["a"] } },
    });
    const { summary } = await tell({
      journeys: [journey({ components }), counter],
      events: [start()],
      until: "2026-01-08T12:00:00Z",
    });
    expect(summary.completed).toBe(4);
  });
});
