/** Journey format §1.4: the events that count for an exit rule, by key and by time. */
import { describe, expect, test } from "vitest";
import { bought } from "./exit-rules.ts";
import { event, lasting, on, start, story, tell } from "./scenario-of.ts";

describe("key: the event's value must equal the enrollment's key", () => {
  const keyed = (more: object = {}) =>
    lasting({ trigger: { event: "start", key: "event.cart" }, exit: [{ ...bought, key: "event.cartId", ...more }] });
  const starts = ["k1", "k2"].map((cart) => start("01-05 10:00", { id: cart, data: { cart } }));
  const order = (data: object) => event("01-06 10:00", "order", { data });
  const exited = async (journeyDocument: ReturnType<typeof keyed>, given: ReturnType<typeof order>) => {
    const { store } = await tell({ journeys: [journeyDocument], events: [...starts, given] });
    const enrollments = await store.enrollments("c-1");
    return enrollments.filter(({ status }) => status === "exited").map(({ key }) => key);
  };

  test.each([
    ["the key of one", { cartId: "k2" }, ["k2"]],
    ["the key of none", { cartId: "k3" }, []],
    ["no value", {}, []],
    ["a value of another type", { cartId: ["k1"] }, []],
    ["the value under the trigger's name for it", { cart: "k1" }, []],
  ])("%s", async (_, data, expected) => {
    expect(await exited(keyed(), order(data))).toEqual(expected);
  });

  test("a rule without key exits all of the customer's enrollments", async () => {
    expect(await exited(keyed({ key: undefined }), order({}))).toEqual(["k1", "k2"]);
  });

  test.each([
    ["a list", ["k1"]],
    ["an object", { id: "k1" }],
    ["a text of 1,100 characters", "x".repeat(1100)],
  ])("a value that cannot be used equals no value, not even itself: %s", async (_, cart) => {
    const events = (value: object) => [start("01-05 10:00", { data: { cart } }), order(value)];
    for (const value of [{ cartId: cart }, {}]) {
      const { summary } = await tell({ journeys: [keyed()], events: events(value) });
      expect(summary).toMatchObject({ entered: 1, exited: 0 });
    }
  });

  test("a number is not its text", async () => {
    const journeys = [keyed()];
    const events = [start("01-05 10:00", { data: { cart: 7 } }), order({ cartId: "7" })];
    expect((await tell({ journeys, events })).summary.exited).toBe(0);
    const same = [start("01-05 10:00", { data: { cart: 7 } }), order({ cartId: 7 })];
    expect((await tell({ journeys, events: same })).summary.exited).toBe(1);
  });
});

describe("only what happens after the enrollment's own trigger event counts, by event time, whatever the order of delivery", () => {
  const exit = [bought];
  const late = "2026-01-05T10:30:00Z";
  test.each([
    ["after, delivered after", [start(), event("01-05 11:00", "order")], 1],
    ["before, delivered before", [event("01-05 09:00", "order"), start()], 0],
    ["before, delivered after", [start(), event("01-05 11:00", "order", { time: "2026-01-05T09:59:59.999Z" })], 0],
    [
      "after, delivered before",
      [event("01-05 10:31", "order", { time: late }), start("01-05 11:00", { time: "2026-01-05T10:00:00Z" })],
      1,
    ],
    [
      "before the trigger event's own time, delivered before",
      [event("01-05 10:31", "order", { time: late }), start("01-05 11:00")],
      0,
    ],
    [
      "after, delivered before, days earlier",
      [event("01-05 10:00", "order"), start("01-09 10:00", { time: "2026-01-04T10:00:00Z" })],
      1,
    ],
  ])("%s", async (_, events, exits) => {
    const told = await tell({ journeys: [lasting({ exit })], events });
    expect(told.summary).toMatchObject({ entered: 1, exited: exits, completed: 1 - exits });
  });

  test("a customer who exits on arrival visits no component", async () => {
    const events = [event("01-05 10:31", "order"), start("01-05 11:00", { time: "2026-01-05T10:00:00Z" })];
    expect(await story({ journeys: [lasting({ exit })], events })).toEqual([
      "01-05 11:00 | entered v1",
      "01-05 11:00 | exited bought at stay",
    ]);
  });

  test("another event of the same time counts", async () => {
    for (const events of [
      [start(), event("01-05 10:00", "order")],
      [event("01-05 10:00", "order"), start()],
    ])
      expect((await tell({ journeys: [lasting({ exit })], events })).summary.exited).toBe(1);
  });

  test("the trigger event itself never counts, also when it is delivered again", async () => {
    const again = { exit: [{ id: "again", event: "start" }] };
    const first = start("01-05 10:00", { id: "e1" });
    const journeys = [lasting(again)];
    expect((await tell({ journeys, events: [first, { ...first, at: on("01-05 11:00") }] })).summary.exited).toBe(0);
    expect((await tell({ journeys, events: [first, start("01-05 11:00", { id: "e2" })] })).summary.exited).toBe(1);
  });
});
