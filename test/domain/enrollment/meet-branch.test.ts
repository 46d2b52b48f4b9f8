/** An event or change of the customer ends a wait. */
import { describe, expect, test } from "vitest";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Activity } from "../../../lambdas/domain/enrollment/activity.ts";
import { applyStatus, isSignalled } from "../../../lambdas/domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { EARLIER, enrolled, journeyOf, LATER, message, NOW } from "../enrolled.ts";
import { applied, change, order, rules, waitFor } from "./activities.ts";

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
      "waits for a timer",
      enrolled({ position: { componentId: "first", visit: 0, since: NOW, waiting: { for: "timer", until: LATER } } }),
    ],
    ["does not wait", enrolled()],
    ["has left", waiting({ status: "exited" })],
  ])("an event meets no branch of a customer who %s", (_, enrollment) => {
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
