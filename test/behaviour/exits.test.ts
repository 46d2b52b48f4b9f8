/** Journey format §1.4: exit rules. */
import { describe, expect, test } from "vitest";
import { bought } from "./exit-rules.ts";
import { brief, event, hello, journey, lasting, on, start, status, story, tell, withoutTimes } from "./scenario-of.ts";

const mail = { type: "sendTemplate", template: "hello" };

describe("any rule met: the enrollment exits at once, whatever component it is at", () => {
  const resting = {
    wait: { type: "wait", for: "P9D", next: "after" },
    "wait until a time": { type: "wait", until: { time: "09:00", weekdays: ["sun"] }, next: "after" },
    waitFor: { type: "waitFor", branches: [{ id: "x", event: "x", next: "after" }], within: "P9D", otherwise: "after" },
    messageStatusRule: {
      type: "messageStatusRule",
      message: "mail",
      status: "read",
      within: "P9D",
      met: "after",
      notMet: "after",
    },
  };
  test.each(Object.entries(resting))("%s, and no later component has any effect", async (_, rest) => {
    const components = { mail: { ...mail, next: "rest" }, rest, after: { type: "addTag", tags: ["after"] } };
    const told = await tell({
      journeys: [journey({ exit: [bought], components })],
      events: [start(), event("01-06 10:00", "order"), event("01-07 10:00", "x")],
      statuses: [status("01-08 10:00", "mail", "read")],
    });
    expect(told.story.slice(-2)).toEqual([
      expect.stringMatching(/01-05 10:00 \| rest waiting/),
      "01-06 10:00 | exited bought at rest",
    ]);
    expect(told.summary).toMatchObject({ exited: 1, active: 0, completed: 0, tags: {} });
  });

  test("the first rule that is met is the reason", async () => {
    const exit = [
      { id: "other", event: "x" },
      { id: "large", event: "order", where: { field: "event.n", operator: "greaterThan", value: 1 } },
      bought,
    ];
    const journeys = [lasting({ exit })];
    const reasons = async (n: number) =>
      (await story({ journeys, events: [start(), event("01-06 10:00", "order", { data: { n } })] })).at(-1);
    expect(await reasons(2)).toBe("01-06 10:00 | exited large at stay");
    expect(await reasons(1)).toBe("01-06 10:00 | exited bought at stay");
  });

  test("an event at the very end of a wait counts as before its end", async () => {
    const told = await story({
      journeys: [lasting({ exit: [bought] })],
      events: [start(), event("01-15 10:00", "order")],
    });
    expect(told.at(-1)).toBe("01-15 10:00 | exited bought at stay");
  });

  test("a change that the journey itself makes counts before its next component", async () => {
    const exit = [{ id: "tagged", where: { field: "customer.tags", operator: "contains", value: "x" } }];
    const components = { tag: { type: "addTag", tags: ["x"], next: "mail" }, mail };
    const told = await tell({ journeys: [journey({ exit, components })], events: [start()] });
    expect(told.story).toEqual([
      "01-05 10:00 | entered v1",
      "01-05 10:00 | tag done",
      "01-05 10:00 | exited tagged at tag",
    ]);
    expect(told.summary.messages).toBe(0);
  });
});

describe("with event: met by an event of that name on which where holds", () => {
  const large = { id: "large", event: "order", where: { field: "event.total", operator: "greaterThan", value: 10 } };
  test.each([
    ["the name and where", event("01-06 10:00", "order", { data: { total: 11 } }), true],
    ["where does not hold", event("01-06 10:00", "order", { data: { total: 10 } }), false],
    ["another name", event("01-06 10:00", "orders", { data: { total: 11 } }), false],
    ["another customer", event("01-06 10:00", "order", { data: { total: 11 }, customerId: "c-2" }), false],
  ])("%s", async (_, given, exits) => {
    const told = await tell({ journeys: [lasting({ exit: [large] })], events: [start(), given] });
    expect(told.summary).toMatchObject({ exited: exits ? 1 : 0, completed: exits ? 0 : 1 });
  });

  test("where may read the customer and the key", async () => {
    const where = {
      all: [
        { field: "customer.country", operator: "equals", value: "DE" },
        { field: "enrollment.key", operator: "equals", value: "k1" },
      ],
    };
    const journeys = [lasting({ trigger: { event: "start", key: "event.cart" }, exit: [{ ...bought, where }] })];
    const starts = [start("01-05 10:00", { data: { cart: "k1" } }), start("01-05 10:00", { data: { cart: "k2" } })];
    const order = event("01-06 10:00", "order", { customer: { country: "DE" } });
    const told = await tell({ journeys, events: [...starts, order] });
    expect(told.lines.filter(({ kind }) => kind === "exited")).toHaveLength(1);
  });
});

describe("without event: met by any change of the customer after which where holds", () => {
  const exit = [{ id: "gone", where: { field: "customer.gone", operator: "equals", value: true } }];
  const left = "01-06 10:00 | exited gone at stay";
  test.each([
    ["an event that changes the customer", { gone: true }, left],
    ["an event that changes something else", { other: 1 }, "01-15 10:00 | completed"],
    ["a change after which it does not hold", { gone: false }, "01-15 10:00 | completed"],
  ])("%s", async (_, customer, last) => {
    const events = [start(), event("01-06 10:00", "customer.updated", { customer })];
    expect((await story({ journeys: [lasting({ exit })], events })).at(-1)).toBe(last);
  });

  test("a component of another journey that changes the customer", async () => {
    const other = journey({
      id: "k",
      trigger: { event: "leave" },
      components: { set: { type: "updateCustomer", set: { gone: true } } },
    });
    const told = await story({
      journeys: [lasting({ exit }), other],
      events: [start(), event("01-06 10:00", "leave")],
    });
    expect(told).toContain(left);
  });

  test("any change: also one of a field that where does not name, when where holds only now", async () => {
    const edit = { ...lasting({ exit }), name: "edited" };
    const told = await story({
      journeys: [lasting()],
      customers: [{ customerId: "c-1", gone: true }],
      events: [start(), event("01-07 10:00", "customer.updated", { customer: { other: 1 } })],
      edits: [{ at: on("01-06 10:00"), journey: edit }],
    });
    expect(told.at(-1)).toBe("01-07 10:00 | exited gone at stay");
  });

  test("the trigger event's own change meets no exit rule", async () => {
    const told = await story({
      journeys: [lasting({ exit })],
      events: [start("01-05 10:00", { customer: { gone: true } })],
    });
    expect(withoutTimes(told)).toEqual(["not-entered exit-holds"]);
  });
});

test("an enrollment that has completed does not exit any more", async () => {
  const told = await story({ journeys: [brief({ exit: [bought] })], events: [start(), event("01-06 10:00", "order")] });
  expect(told.at(-1)).toBe("01-05 10:00 | completed");
});

test("after an exit the customer may enter again, as the entry rule allows", async () => {
  const trigger = { event: "start", entry: "always" };
  const events = [start("01-05 10:00"), event("01-06 10:00", "order"), start("01-07 10:00")];
  const told = await story({ journeys: [lasting({ trigger, exit: [bought] })], events });
  expect(withoutTimes(told)).toEqual([
    "entered v1",
    "stay waiting 01-15 10:00",
    "exited bought at stay",
    "entered v1",
    "stay waiting 01-17 10:00",
    "stay done",
    "completed",
  ]);
});

test("an exit ends no other journey", async () => {
  const journeys = [lasting({ exit: [bought] }), lasting({ id: "k" })];
  const told = await tell({ journeys, events: [start(), event("01-06 10:00", "order")], templates: [hello] });
  expect(told.summary).toMatchObject({ exited: 1, completed: 1 });
});
