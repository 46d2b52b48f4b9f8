/** Journey format §1.5: rules that compare with the event with which the customer entered. */
import { describe, expect, test } from "vitest";
import { ann, event, journey, lasting, start, status, story } from "../scenario-of.ts";

const sameSku = { field: "event.sku", operator: "equals", value: { path: "enrollment.event.sku" } };
const begun = start("01-05 10:00", { data: { sku: "shoe", "size.eu": 42, until: "2026-01-08" } });
const order = (at: string, sku: string) => event(at, "order", { data: { sku } });

describe("an exit rule", () => {
  const exit = [{ id: "bought", event: "order", where: sameSku }];

  test.each([
    ["an order of the same product", "shoe", true],
    ["an order of another product", "hat", false],
  ])("%s meets it: %s %s", async (_, sku, meets) => {
    const told = await story({ journeys: [lasting({ exit })], events: [begun, order("01-06 10:00", sku)] });
    expect(told.some((line) => line.includes("exited bought"))).toBe(meets);
  });

  test("on a change of the customer reads it too, also on entry", async () => {
    const out = [
      { id: "has", where: { field: "customer.owns", operator: "contains", value: { path: "enrollment.event.sku" } } },
    ];
    const changed = event("01-06 10:00", "customer.updated", { customer: { owns: ["shoe"] } });
    const told = await story({ journeys: [lasting({ exit: out })], events: [begun, changed] });
    expect(told.some((line) => line.includes("exited has"))).toBe(true);
    const before = await story({
      journeys: [lasting({ exit: out })],
      customers: [{ ...ann, owns: ["shoe"] }],
      events: [begun],
    });
    expect(before.some((line) => line.includes("exit-holds"))).toBe(true);
  });

  test("on a change that the journey itself makes reads it too", async () => {
    const out = [
      { id: "has", where: { field: "customer.owns", operator: "equals", value: { path: "enrollment.event.sku" } } },
    ];
    const components = {
      set: { type: "updateCustomer", set: { owns: "shoe" }, next: "stay" },
      stay: { type: "wait", for: "P1D" },
    };
    const told = await story({ journeys: [journey({ components, exit: out })], events: [begun] });
    expect(told.some((line) => line.includes("exited has"))).toBe(true);
  });
});

test("a goal counts only an order of the same product", async () => {
  const goals = [{ id: "sale", event: "order", where: sameSku }];
  const told = (sku: string) => story({ journeys: [lasting({ goals })], events: [begun, order("01-06 10:00", sku)] });
  expect((await told("shoe")).some((line) => line.includes("goal sale"))).toBe(true);
  expect((await told("hat")).some((line) => line.includes("goal sale"))).toBe(false);
});

describe("a waitFor", () => {
  const components = (where: object, by: object = { event: "order" }) => ({
    rest: { type: "waitFor", branches: [{ id: "paid", ...by, where }], within: "P2D" },
  });
  const ends = async (parts: object, more: object = {}) => {
    const told = await story({ journeys: [journey({ components: parts as Record<string, unknown> })], ...more });
    return told.findLast((line) => line.includes("rest "))?.split("rest ")[1];
  };

  test.each([
    ["shoe", "paid"],
    ["hat", "otherwise"],
  ])("an order of a %s: %s", async (sku, outcome) => {
    expect(await ends(components(sameSku), { events: [begun, order("01-06 10:00", sku)] })).toBe(outcome);
  });

  test("compares with an order that came before the customer reached it", async () => {
    const late = { first: { type: "addTag", tags: ["a"], next: "rest" }, ...components(sameSku) };
    expect(await ends(late, { events: [begun, { ...order("01-05 10:00", "shoe"), id: "o" }] })).toBe("paid");
  });

  test("on a message's status reads it too", async () => {
    const where = {
      all: [
        { message: "mail", status: "read" },
        { field: "enrollment.event.sku", operator: "equals", value: "shoe" },
      ],
    };
    const parts = { mail: { type: "sendTemplate", template: "hello", next: "rest" }, ...components(where, {}) };
    const sender = { from: "a@shop.example" };
    const told = await story({
      journeys: [journey({ components: parts, sender })],
      customers: [ann],
      events: [begun],
      statuses: [status("01-05 12:00", "mail", "read")],
    });
    expect(told.some((line) => line.includes("rest paid"))).toBe(true);
  });
});

test("a condition component reads a quoted name of it", async () => {
  const when = { field: 'enrollment.event["size.eu"]', operator: "equals", value: 42 };
  const components = {
    fits: { type: "condition", branches: [{ when, next: "yes" }] },
    yes: { type: "addTag", tags: ["yes"] },
  };
  const told = await story({ journeys: [journey({ components })], events: [begun] });
  expect(told.some((line) => line.includes("fits yes"))).toBe(true);
});

test("a date of an exit rule is in the journey's zone", async () => {
  const where = { field: "event.day", operator: "before", value: "2026-01-05T12:00:00Z" };
  const exit = [{ id: "early", event: "order", where }];
  const bought = event("01-06 10:00", "order", { data: { day: "2026-01-06" } });
  const told = (timezone: string) => story({ journeys: [lasting({ exit, timezone })], events: [begun, bought] });
  expect((await told("Pacific/Kiritimati")).some((line) => line.includes("exited early"))).toBe(true);
  expect((await told("UTC")).some((line) => line.includes("exited early"))).toBe(false);
});

test("an audience reads a date in the journey's zone", async () => {
  const audience = { field: "customer.day", operator: "inFuture" };
  const told = (timezone: string) =>
    story({
      journeys: [lasting({ trigger: { event: "start", audience }, timezone })],
      customers: [{ ...ann, day: "2026-01-06" }],
      events: [start("01-05 11:00")],
    });
  expect((await told("UTC")).some((line) => line.includes("entered"))).toBe(true);
  expect((await told("Pacific/Kiritimati")).some((line) => line.includes("audience-false"))).toBe(true);
});

test("a key with a quoted name starts and ends the right enrollment", async () => {
  const keyed = lasting({
    trigger: { event: "start", entry: "always", key: 'event["cart.id"]' },
    exit: [{ id: "bought", event: "order", key: "event['cart.id']" }],
  });
  const told = await story({
    journeys: [keyed],
    events: [
      start("01-05 10:00", { data: { "cart.id": "a" } }),
      event("01-06 10:00", "order", { data: { "cart.id": "b" } }),
      event("01-07 10:00", "order", { data: { "cart.id": "a" } }),
    ],
  });
  expect(told.filter((line) => line.includes("exited"))).toEqual([expect.stringContaining("01-07 10:00")]);
});

test("a change of an attribute with a blank in its name starts a journey", async () => {
  const where = { field: 'customer["Plan Name"]', operator: "equals", value: "Pro" };
  const told = await story({
    journeys: [lasting({ trigger: { where } })],
    events: [event("01-05 10:00", "customer.updated", { customer: { "Plan Name": "Pro" } })],
  });
  expect(told.some((line) => line.includes("entered"))).toBe(true);
});
