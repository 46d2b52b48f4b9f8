/** An event or change of the customer applied to an enrollment: exits and goals. */
import { describe, expect, test } from "vitest";
import type { Activity } from "../../../lambdas/domain/enrollment/activity.ts";
import { awaitedEvents, isTriggerItself } from "../../../lambdas/domain/enrollment/apply-activity.ts";
import { isMet } from "../../../lambdas/domain/enrollment/met-branch.ts";
import { EARLIER, enrolled, journeyOf, LATER, NOW } from "../enrolled.ts";
import { applied, change, gone, order, rules, waitFor } from "./activities.ts";

describe("an event or change that does not count leaves the enrollment unchanged", () => {
  const exit = rules({
    exit: [
      { id: "x", event: "order" },
      { id: "z", event: "start" },
      { id: "y", where: gone },
    ],
  });
  test.each<[string, Activity]>([
    ["an event before the trigger", order({ time: EARLIER })],
    ["the trigger itself", order({ id: "t", name: "start" })],
    ["a change that was known at entry", change(3)],
    ["an older change", change(2)],
  ])("%s", (_, activity) => {
    const enrollment = enrolled();
    expect(applied(enrollment, exit, activity, { gone: true })).toBe(enrollment);
  });

  test.each<[string, Activity, string]>([
    ["an event after the trigger", order(), "x"],
    ["another event of the same time", order({ time: NOW }), "x"],
    ["a later change", change(4), "y"],
    ["a change by hand", change(Number.POSITIVE_INFINITY, EARLIER), "y"],
  ])("%s counts", (_, activity, reason) => {
    expect(applied(enrolled(), exit, activity, { gone: true })).toMatchObject({
      status: "exited",
      reason,
      endedAt: LATER,
    });
  });

  test("the event that brought the change that let the customer in is the trigger itself", () => {
    const trigger = { ...enrolled().trigger, cause: "o" };
    const enrollment = enrolled({ trigger });
    expect(applied(enrollment, exit, order())).toBe(enrollment);
    expect(applied(enrolled({ trigger: { ...trigger, causeName: "order" } }), exit, order())).toMatchObject(enrollment);
  });

  test("an event with the trigger's id and another name counts", () => {
    const trigger = { ...enrolled().trigger, name: "start", cause: "o", causeName: "visit" };
    expect(applied(enrolled({ trigger }), exit, order())).toMatchObject({ status: "exited" });
  });

  const [start, paid] = [
    { name: "start", id: "t" },
    { name: "paid", id: "c" },
  ];
  test.each<[string, object, { name: string; id: string }, boolean]>([
    ["the trigger event", { name: "start" }, start, true],
    ["another name with the trigger's id", { name: "start" }, { ...start, name: "order" }, false],
    ["another id with the trigger's name", { name: "start" }, { ...start, id: "u" }, false],
    ["the event that made the change", { cause: "c", causeName: "paid" }, paid, true],
    ["another name with the cause's id", { cause: "c", causeName: "paid" }, { ...paid, name: "order" }, false],
    ["any name with the cause's id, in an enrollment that has no name of the cause", { cause: "c" }, paid, true],
  ])("%s: is it the trigger itself?", (_, trigger, event, expected) => {
    const { name: __, ...byChange } = enrolled().trigger;
    expect(isTriggerItself({ ...byChange, eventId: "t", ...trigger }, event)).toBe(expected);
  });

  test("an activity that meets no rule", () => {
    const enrollment = enrolled();
    expect(applied(enrollment, rules({}), order())).toBe(enrollment);
    expect(applied(enrollment, exit, change(4))).toBe(enrollment);
  });
});

describe("goals", () => {
  const goal = rules({
    goals: [
      { id: "g", event: "order" },
      { id: "h", event: "order", where: { field: "event.n", operator: "equals", value: 1 } },
    ],
  });
  test("are stored with the time at which they were counted, each once", () => {
    const once = applied(enrolled(), goal, order());
    expect(once).toMatchObject({ status: "active", goals: { g: LATER } });
    expect(once.goals).not.toHaveProperty("h");
    expect(applied(once, goal, order({ id: "p" }))).toBe(once);
    expect(applied(once, goal, order({ id: "p", data: { n: 1 } })).goals).toEqual({ g: LATER, h: LATER });
  });

  test.each(["completed", "exited", "failed"] as const)(
    "of an enrollment that has %s: counted, and nothing else changes",
    (status) => {
      const { live } = goal;
      const versions = rules({ ...live, exit: [{ id: "x", event: "order" }] });
      expect(applied(enrolled({ status, reason: "r" }), versions, order())).toMatchObject({
        status,
        reason: "r",
        goals: { g: LATER },
      });
    },
  );

  test("a goal and an exit by the same event are both recorded", () => {
    const versions = rules({ ...goal.live, exit: [{ id: "x", event: "order" }] });
    expect(applied(enrolled(), versions, order())).toMatchObject({ status: "exited", goals: { g: LATER } });
  });

  test.each([
    ["a week after entering", "2026-01-12T10:00:00.000Z", true],
    ["a millisecond later", "2026-01-12T10:00:00.001Z", false],
  ])("%s, of somebody inside", (_, time, reached) => {
    const versions = rules({ goals: [{ id: "g", event: "order", within: "P7D" }] });
    expect(applied(enrolled(), versions, order({ time })).goals).toEqual(reached ? { g: LATER } : {});
  });

  test.each([
    ["30 days after entering", "2026-02-04T10:00:00.000Z", true],
    ["a millisecond later", "2026-02-04T10:00:00.001Z", false],
  ])("that names no time, %s", (_, time, reached) => {
    expect(applied(enrolled(), goal, order({ time })).goals).toEqual(reached ? { g: LATER } : {});
  });

  test("a goal named like a member of every object", () => {
    const versions = rules({ goals: [{ id: "constructor", event: "order" }] });
    expect(applied(enrolled(), versions, order()).goals).toEqual({ constructor: LATER });
  });
});

describe("whether a rule is met", () => {
  const facts = { now: NOW, customer: { gone: true } };
  test.each<[string, Parameters<typeof isMet>[0], Activity, string | undefined, boolean]>([
    ["a rule with event, by a change", { event: "order", where: gone }, change(4), undefined, false],
    ["a rule without event, by an event", { where: gone }, order(), undefined, false],
    ["a rule without anything, by a change", {}, change(4), undefined, false],
    ["the same key", { event: "order", key: "event.cart" }, order({ data: { cart: "k" } }), "k", true],
    ["another key", { event: "order", key: "event.cart" }, order({ data: { cart: "l" } }), "k", false],
    ["a deeper key", { event: "order", key: "event.cart.id" }, order({ data: { cart: { id: "k" } } }), "k", true],
    ["no key on either side", { event: "order", key: "event.cart" }, order(), undefined, true],
  ])("%s", (_, rule, activity, key, expected) => expect(isMet(rule, activity, facts, key)).toBe(expected));
});

test("the events that a rule of the enrollment listens to", () => {
  const live = {
    exit: [
      { id: "x", event: "a" },
      { id: "y", where: gone },
    ],
    goals: [{ id: "g", event: "b" }],
  };
  expect(awaitedEvents({ live, entered: waitFor }, enrolled())).toEqual(new Set(["a", "b", "order"]));
  expect(awaitedEvents({ live: {}, entered: journeyOf({ first: { type: "wait", for: "P1D" } }) }, enrolled())).toEqual(
    new Set(),
  );
});
