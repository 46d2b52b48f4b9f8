/** How events and changes change one enrollment. */
import { describe, expect, test } from "vitest";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import {
  type Activity,
  applyActivity,
  applyStatus,
  awaitedEvents,
  isSignalled,
  isTriggerItself,
} from "../../../lambdas/domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { isMet } from "../../../lambdas/domain/enrollment/met-branch.ts";
import { EARLIER, enrolled, journeyOf, LATER, message, NOW } from "../enrolled.ts";

const gone: Condition = { field: "customer.gone", operator: "equals", value: true };
const order = (more: Partial<Extract<Activity, { kind: "event" }>> = {}): Activity => ({
  kind: "event",
  id: "o",
  name: "order",
  time: LATER,
  data: {},
  ...more,
});
const change = (revision: number, time = LATER): Activity => ({ kind: "change", revision, time });
const waitFor = journeyOf({
  first: {
    type: "waitFor",
    branches: [
      { id: "paid", event: "order" },
      { id: "gone", where: gone },
      { id: "read", where: { message: "mail", status: "read" } },
    ],
    within: "P1D",
  },
});
const waiting = (more: Partial<Enrollment> = {}) =>
  enrolled({
    position: {
      componentId: "first",
      visit: 0,
      since: NOW,
      waiting: { for: "signal", until: "2026-01-06T10:00:00.000Z" },
    },
    ...more,
  });
const rules = (live: object, entered = journeyOf({ first: { type: "wait", for: "P1D" } })) => ({ live, entered });
const applied = (
  enrollment: Enrollment,
  versions: ReturnType<typeof rules>,
  activity: Activity,
  customer: object = {},
) => applyActivity(enrollment, versions, activity, customer as Record<string, never>, LATER);

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

describe("a branch of a waitFor", () => {
  const versions = rules({}, waitFor);
  const met = (enrollment: Enrollment) => enrollment.position.waiting?.met;
  test.each<[string, Activity, object, string | undefined]>([
    ["an event", order(), {}, "paid"],
    ["a change", change(4), { gone: true }, "gone"],
    ["a change after which it does not hold", change(4), { gone: false }, undefined],
    ["an event at the end of the last wait", order({ time: NOW }), {}, "paid"],
    ["an event after the end", order({ time: "2026-01-06T10:00:00.001Z" }), {}, undefined],
    ["an event at the end", order({ time: "2026-01-06T10:00:00.000Z" }), {}, "paid"],
    ["another event", order({ name: "other" }), {}, undefined],
  ])("%s", (_, activity, customer, expected) => {
    expect(met(applied(waiting(), versions, activity, customer))).toBe(expected);
  });

  test("an event from before the end of the last wait does not count", () => {
    const { position } = waiting();
    const later = waiting({ position: { ...position, since: "2026-01-05T10:30:00.000Z" } });
    expect(applied(later, versions, order({ time: "2026-01-05T10:29:59.999Z" }))).toBe(later);
  });

  test("an event that has ended a wait ends no other", () => {
    const { position } = waiting();
    const second = waiting({ position: { ...position, consumed: ["order o"] } });
    expect(applied(second, versions, order({ time: NOW }))).toBe(second);
    expect(met(applied(second, versions, order({ time: NOW, id: "p" })))).toBe("paid");
  });

  test("an earlier event replaces the event that met a branch, a later event does not", () => {
    const first = applied(waiting(), versions, order({ id: "b" }));
    expect(first.position.waiting?.metBy).toEqual({ time: LATER, event: "order b" });
    expect(applied(first, versions, order({ id: "c" }))).toBe(first);
    const earlier = applied(first, versions, order({ id: "c", time: "2026-01-05T10:30:00.000Z" }));
    expect(earlier.position.waiting?.metBy).toEqual({ time: "2026-01-05T10:30:00.000Z", event: "order c" });
  });

  test("the first branch that is met stays", () => {
    const once = applied(waiting(), versions, order());
    expect(applied(once, versions, change(5), { gone: true })).toBe(once);
  });

  test.each<[string, Enrollment]>([
    [
      "a customer who waits for a timer",
      enrolled({ position: { componentId: "first", visit: 0, since: NOW, waiting: { for: "timer", until: LATER } } }),
    ],
    ["a customer who does not wait", enrolled()],
    ["a customer who has left", waiting({ status: "exited" })],
  ])("not of somebody %s", (_, enrollment) => {
    expect(applied(enrollment, versions, order())).toBe(enrollment);
  });

  test("a change counts whatever time it has", () => {
    expect(met(applied(waiting(), versions, change(4, EARLIER), { gone: true }))).toBe("gone");
  });

  test("reads a message, the customer and the key", () => {
    const where: Condition = {
      all: [
        { message: "mail", status: "read" },
        { field: "customer.gone", operator: "equals", value: true },
        { field: "enrollment.key", operator: "equals", value: "k" },
      ],
    };
    const entered = journeyOf({ first: { type: "waitFor", branches: [{ id: "all", where }], within: "P1D" } });
    const read = waiting({ key: "k", messages: [message({ statuses: { read: LATER } })] });
    expect(met(applyStatus(read, entered, { gone: true }, LATER))).toBe("all");
    expect(met(applyStatus(read, entered, {}, LATER))).toBeUndefined();
    expect(met(applyStatus({ ...read, key: "l" }, entered, { gone: true }, LATER))).toBeUndefined();
  });

  test("reads a message", () => {
    const read = waiting({ messages: [message({ statuses: { clicked: LATER } })] });
    expect(met(applyStatus(read, waitFor, {}, LATER))).toBe("read");
    const unread = waiting({ messages: [message()] });
    expect(applyStatus(unread, waitFor, {}, LATER)).toBe(unread);
    const left = { ...read, status: "exited" as const };
    expect(applyStatus(left, waitFor, {}, LATER)).toBe(left);
  });
});

describe("whether the signal has come", () => {
  const left = { componentId: "first", type: "messageStatusRule", at: NOW, outcome: "notMet", leftAt: NOW } as const;
  const { position } = waiting();
  const rule = journeyOf({ first: { type: "messageStatusRule", message: "mail", status: "read", within: "P1D" } });
  const read = (time: string) => [message({ statuses: { read: time } })];
  const met = (enrollment: Enrollment) => ({
    ...enrollment,
    position: { ...enrollment.position, waiting: { for: "signal" as const, until: LATER, met: "paid" } },
  });
  test.each<[string, Enrollment, typeof rule, boolean]>([
    ["a branch was met", met(waiting()), waitFor, true],
    ["no branch was met", waiting(), waitFor, false],
    ["the status is there", waiting({ messages: read(LATER) }), rule, true],
    ["the status came at the last moment", waiting({ messages: read("2026-01-06T10:00:00.000Z") }), rule, true],
    ["the status came too late", waiting({ messages: read("2026-01-06T10:00:00.001Z") }), rule, false],
    ["another status is there", waiting({ messages: [message({ statuses: { sent: LATER } })] }), rule, false],
    ["no message is there", waiting(), rule, true],
    ["the message failed", waiting({ messages: [message({ statuses: { failed: LATER } })] }), rule, true],
    ["the message bounced", waiting({ messages: [message({ statuses: { bounced: LATER } })] }), rule, true],
    ["there was a complaint", waiting({ messages: [message({ statuses: { complained: LATER } })] }), rule, false],
    [
      "the message failed in a loop without a wait",
      waiting({ messages: [message({ state: "failed" })], steps: [left] }),
      rule,
      false,
    ],
    ["an older event came late", waiting({ position: { ...position, late: true } }), waitFor, true],
    ["the customer does not wait", enrolled({ messages: read(LATER) }), rule, false],
  ])("%s", (_, enrollment, journey, expected) => expect(isSignalled(enrollment, journey)).toBe(expected));
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
