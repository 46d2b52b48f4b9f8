/** Journey format §1.3: `waitFor`. */
import { describe, expect, test } from "vitest";
import { ann, type Document, event, journey, on, start, status, story, tell, withoutTimes } from "../scenario-of.ts";

const tag = (name: string) => ({ type: "addTag", tags: [name] });
const paid = { id: "paid", event: "order", next: "yes" };
/** A waitFor of two days, with the components of its branches and `no`. */
const waitFor = (branches: readonly Document[]) => ({
  rest: { type: "waitFor", branches, within: "P2D", otherwise: "no" },
  ...Object.fromEntries(
    [...branches.flatMap(({ next }) => (next === undefined ? [] : String(next))), "no"].map((name) => [
      name,
      tag(name),
    ]),
  ),
});
const order = (at: string, more: object = {}) => event(at, "order", more as Record<string, unknown>);

async function ending(components: object, events: readonly object[], parts: object = {}, more: object = {}) {
  const journeys = [journey({ components: components as Record<string, unknown>, ...more })];
  const told = await story({ journeys, events: events as Record<string, unknown>[], ...parts });
  const left = told.findLast((line) => /rest (?!waiting)|exited|failed/.test(line));
  return left?.replace("| rest ", "");
}

test("goes on at once when one of the rules is met", async () => {
  const told = await story({
    journeys: [journey({ components: waitFor([paid]) })],
    events: [start(), order("01-05 15:00")],
  });
  expect(told).toEqual([
    "01-05 10:00 | entered v1",
    "01-05 10:00 | rest waiting 01-07 10:00",
    "01-05 15:00 | rest paid",
    "01-05 15:00 | yes done",
    "01-05 15:00 | completed",
  ]);
});

test("else otherwise after within", async () => {
  const told = await story({
    journeys: [journey({ components: waitFor([paid]) })],
    events: [start(), event("01-05 15:00", "else")],
  });
  expect(told.slice(-3)).toEqual(["01-07 10:00 | rest otherwise", "01-07 10:00 | no done", "01-07 10:00 | completed"]);
});

describe("the end of within", () => {
  test.each([
    ["at the very end the rule is met", order("01-07 10:00"), "01-07 10:00 paid"],
    ["a millisecond later it is not", order("01-07 10:00:00.001"), "01-07 10:00 otherwise"],
    [
      "an event from after the end that comes early does not count",
      order("01-07 09:58", { time: on("01-07 10:02") }),
      "01-07 10:00 otherwise",
    ],
  ])("%s", async (_, given, expected) => {
    expect(await ending(waitFor([paid]), [start(), given])).toBe(expected);
  });
});

describe("a rule is met", () => {
  const large = { ...paid, where: { field: "event.total", operator: "greaterThan", value: 10 } };
  test.each([
    ["where holds", large, order("01-05 15:00", { data: { total: 11 } }), "01-05 15:00 paid"],
    ["where does not hold", large, order("01-05 15:00", { data: { total: 10 } }), "01-07 10:00 otherwise"],
    ["another event", paid, event("01-05 15:00", "orders"), "01-07 10:00 otherwise"],
    ["another customer's event", paid, order("01-05 15:00", { customerId: "c-2" }), "01-07 10:00 otherwise"],
    [
      "an event before the trigger, delivered later",
      paid,
      order("01-05 15:00", { time: on("01-05 09:59") }),
      "01-07 10:00 otherwise",
    ],
  ])("%s", async (_, branch, given, expected) => {
    expect(await ending(waitFor([branch]), [start(), given])).toBe(expected);
  });

  test.each([
    ["the key of the enrollment", "k1", "01-05 15:00 paid"],
    ["another key", "k2", "01-07 10:00 otherwise"],
  ])("%s", async (_, cart, expected) => {
    const more = { trigger: { event: "start", key: "event.cart" } };
    const events = [start("01-05 10:00", { data: { cart: "k1" } }), order("01-05 15:00", { data: { cart } })];
    expect(await ending(waitFor([{ ...paid, key: "event.cart" }]), events, {}, more)).toBe(expected);
  });

  test("of several branches that one event meets, the first", async () => {
    const branches = [
      { ...large, id: "large" },
      { ...paid, next: "other" },
    ];
    expect(await ending(waitFor(branches), [start(), order("01-05 15:00", { data: { total: 11 } })])).toBe(
      "01-05 15:00 large",
    );
    expect(await ending(waitFor(branches), [start(), order("01-05 15:00")])).toBe("01-05 15:00 paid");
  });

  test("of several events, the earliest by its own time", async () => {
    const branches = [paid, { id: "called", event: "call", next: "other" }];
    const events = [start(), order("01-05 15:00"), event("01-05 15:00", "call", { time: on("01-05 14:59") })];
    expect(await ending(waitFor(branches), events)).toBe("01-05 15:00 called");
  });

  test.each([
    ["in the order of the branches", [order("01-05 15:00"), event("01-05 15:00", "call")]],
    ["in another order", [event("01-05 15:00", "call"), order("01-05 15:00")]],
  ])("of several events of one moment, the first branch decides: delivered %s", async (_, events) => {
    const branches = [paid, { id: "called", event: "call", next: "other" }];
    expect(await ending(waitFor(branches), [start(), ...events])).toBe("01-05 15:00 paid");
  });
});

describe("without event: any change of the customer after which where holds", () => {
  const gold = { id: "gold", where: { field: "customer.tier", operator: "equals", value: "gold" }, next: "yes" };
  const updated = (at: string, customer: object) => event(at, "customer.updated", { customer });
  test.each([
    ["a change that makes it hold", [start(), updated("01-05 15:00", { tier: "gold" })], "01-05 15:00 gold"],
    ["a change that does not", [start(), updated("01-05 15:00", { tier: "tin" })], "01-07 10:00 otherwise"],
    ["it holds already", [start("01-05 10:00", { customer: { tier: "gold" } })], "01-05 10:00 gold"],
  ])("%s", async (_, events, expected) => {
    expect(await ending(waitFor([gold]), events)).toBe(expected);
  });

  test("a component of another journey changes the customer", async () => {
    const other = journey({
      id: "k",
      trigger: { event: "x" },
      components: { set: { type: "updateCustomer", set: { tier: "gold" } } },
    });
    const journeys = [journey({ components: waitFor([gold]) }), other];
    expect(await ending({}, [start(), event("01-05 15:00", "x")], { journeys })).toBe("01-05 15:00 gold");
  });
});

describe("events from before the wait", () => {
  test("an event since the trigger that was delivered before it meets the first component at once", async () => {
    const events = [order("01-05 10:00"), start("01-05 10:30", { time: on("01-05 09:00") })];
    expect(await ending(waitFor([paid]), events)).toBe("01-05 10:30 paid");
  });

  test("the trigger event itself meets nothing", async () => {
    expect(await ending(waitFor([{ ...paid, event: "start" }]), [start()])).toBe("01-07 10:00 otherwise");
  });

  test("an event of the same moment as the trigger, another one, counts", async () => {
    expect(await ending(waitFor([paid]), [order("01-05 10:00"), start("01-05 10:00")])).toBe("01-05 10:00 paid");
  });

  test("an event during an earlier wait does not count", async () => {
    const components = { first: { type: "wait", for: "P1D", next: "rest" }, ...waitFor([paid]) };
    expect(await ending(components, [start(), order("01-05 15:00")])).toBe("01-08 10:00 otherwise");
    expect(await ending(components, [start(), order("01-06 15:00")])).toBe("01-06 15:00 paid");
  });

  test("an event that met one waitFor does not meet the next", async () => {
    const components = {
      first: { type: "waitFor", branches: [{ id: "paid", event: "order", next: "rest" }], within: "P1D" },
      ...waitFor([paid]),
    };
    expect(await ending(components, [start(), order("01-05 15:00")])).toBe("01-07 15:00 otherwise");
    expect(await ending(components, [start(), order("01-05 15:00"), order("01-05 15:01")])).toBe("01-05 15:01 paid");
  });
});

describe("a message", () => {
  const read = { id: "read", where: { message: "mail", status: "read" }, next: "yes" };
  const withMail = (branches: Parameters<typeof waitFor>[0]) => ({
    mail: { type: "sendTemplate", template: "hello", next: "rest" },
    ...waitFor(branches),
  });
  test.each([
    ["reaches the status", [status("01-05 15:00", "mail", "read")], "01-05 15:00 read"],
    ["reaches one that implies it", [status("01-05 15:00", "mail", "clicked")], "01-05 15:00 read"],
    ["reaches a weaker one", [status("01-05 15:00", "mail", "delivered")], "01-07 10:00 otherwise"],
  ])("%s", async (_, statuses, expected) => {
    expect(await ending(withMail([read]), [start()], { statuses })).toBe(expected);
  });

  test("has the status already", async () => {
    const { mail, ...rest } = withMail([read]);
    const components = { mail: { ...mail, next: "pause" }, pause: { type: "wait", for: "P1D", next: "rest" }, ...rest };
    const statuses = [status("01-05 15:00", "mail", "read")];
    expect(await ending(components, [start()], { statuses })).toBe("01-06 10:00 read");
  });

  test("a condition on a message status and an attribute holds from the moment when both do", async () => {
    const both = { ...read, where: { all: [read.where, { field: "customer.tier", operator: "exists" }] } };
    const events = [start(), event("01-06 10:00", "customer.updated", { customer: { tier: "x" } })];
    const statuses = [status("01-05 15:00", "mail", "read")];
    expect(await ending(withMail([both]), events, { statuses })).toBe("01-06 10:00 read");
    expect(await ending(withMail([both]), [start()], { statuses })).toBe("01-07 10:00 otherwise");
    const sooner = [start(), event("01-05 14:00", "customer.updated", { customer: { tier: "x" } })];
    expect(await ending(withMail([both]), sooner, { statuses })).toBe("01-05 15:00 read");
  });

  test("a reply sends the customer one way, a purchase another", async () => {
    const branches = [
      { ...paid, next: "other" },
      { id: "replied", where: { message: "mail", status: "replied" }, next: "yes" },
    ];
    const statuses = [status("01-05 15:00", "mail", "replied")];
    expect(await ending(withMail(branches), [start()], { statuses })).toBe("01-05 15:00 replied");
    expect(await ending(withMail(branches), [start(), order("01-05 14:00")], { statuses })).toBe("01-05 14:00 paid");
  });
});

test("a loop around a rule that already holds runs once, then waits until the customer changes or the time is up", async () => {
  const gold = { id: "gold", where: { field: "customer.tier", operator: "equals", value: "gold" }, next: "count" };
  const components = {
    rest: { type: "waitFor", branches: [gold], within: "P1D" },
    count: { type: "emitEvent", event: "counted", next: "rest" },
  };
  const told = await story({
    journeys: [journey({ components })],
    customers: [{ ...ann, tier: "gold" }],
    events: [start(), event("01-05 12:00", "customer.updated", { customer: { other: 1 } })],
  });
  expect(told.filter((line) => line.includes("rest"))).toEqual([
    "01-05 10:00 | rest gold",
    "01-05 10:00 | rest waiting 01-06 10:00",
    "01-05 12:00 | rest gold",
    "01-05 12:00 | rest gold",
    "01-05 12:00 | rest waiting 01-06 12:00",
    "01-06 12:00 | rest otherwise",
  ]);
});

test("a loop of one waitFor counts each event once", async () => {
  const components = {
    rest: { type: "waitFor", branches: [{ id: "paid", event: "order", next: "count" }], within: "P1D" },
    count: { type: "emitEvent", event: "counted", next: "rest" },
  };
  const told = await tell({
    journeys: [journey({ components })],
    customers: [ann],
    events: [start(), order("01-05 11:00"), order("01-05 12:00"), order("01-05 12:00:00.001")],
  });
  expect(withoutTimes(told.story).filter((line) => line.startsWith("rest"))).toEqual([
    "rest waiting 01-06 10:00",
    "rest paid",
    "rest waiting 01-06 11:00",
    "rest paid",
    "rest waiting 01-06 12:00",
    "rest paid",
    "rest waiting 01-06 12:00:00.001",
    "rest otherwise",
  ]);
});
