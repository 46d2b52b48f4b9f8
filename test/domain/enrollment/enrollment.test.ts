/** An enrollment through its life: walking, ending, counting, announcing. */
import { describe, expect, test } from "vitest";
import { addCounts, countsChange, countsOf } from "../../../lambdas/domain/counters/counts.ts";
import {
  type Enrollment,
  ended,
  hasLoopedWithoutWait,
  messageOf,
  messageStatuses,
  type Step,
} from "../../../lambdas/domain/enrollment/enrollment.ts";
import { announcements } from "../../../lambdas/domain/events/announcements.ts";
import { applyStep, withMessage } from "../../../lambdas/domain/walk/apply-step.ts";
import type { Advanced } from "../../../lambdas/domain/walk/outcome.ts";
import { enrolled, LATER, message, NOW } from "../enrolled.ts";

const leave = (outcome = "done", to = "second"): Advanced => ({
  outcome,
  next: { kind: "component", componentId: to },
});
const rest = (until = LATER): Advanced => ({
  outcome: "waiting",
  next: { kind: "wait", for: "timer", until },
});
const step = (componentId: string, outcome: string, more: Partial<Step> = {}): Step => ({
  componentId,
  type: "wait",
  at: NOW,
  outcome,
  ...more,
});

describe("applyStep", () => {
  test("to the next component: a step, the next visit, due in five minutes", () => {
    expect(applyStep(enrolled({ hops: 2 }), "addTag", leave(), NOW)).toMatchObject({
      status: "active",
      position: { componentId: "second", visit: 1, since: NOW },
      steps: [{ componentId: "first", type: "addTag", at: NOW, leftAt: NOW, outcome: "done" }],
      dueAt: "2026-01-05T10:05:00.000Z",
      hops: 2,
    });
  });

  test("to a wait: an open step, due five minutes after the end of the wait", () => {
    const resting = applyStep(enrolled(), "wait", rest(), NOW);
    expect(resting).toMatchObject({
      position: { componentId: "first", visit: 0, waiting: { for: "timer", until: LATER } },
      steps: [{ componentId: "first", at: NOW, outcome: "waiting", until: LATER }],
      dueAt: "2026-01-05T11:05:00.000Z",
    });
    expect(resting.steps[0]).not.toHaveProperty("leftAt");
  });

  test("out of a wait: the open step is closed, and the automatic chain ends", () => {
    const resting = applyStep(enrolled({ hops: 7 }), "wait", rest(), NOW);
    const on = applyStep({ ...resting, hops: 7 }, "wait", leave(), LATER);
    expect(on.steps).toEqual([
      { componentId: "first", type: "wait", at: NOW, outcome: "done", until: LATER, leftAt: LATER },
    ]);
    expect(on).toMatchObject({ hops: 0, position: { componentId: "second", visit: 1, since: LATER } });
    expect(on.position).not.toHaveProperty("waiting");
  });

  test.each([
    ["a wait of less than a minute is part of the same automatic chain", "2026-01-05T10:00:59.999Z", 7],
    ["a wait of a minute ends the chain", "2026-01-05T10:01:00.000Z", 0],
  ])("%s", (_, now, hops) => {
    const resting = applyStep(enrolled({ hops: 7 }), "waitFor", rest(), NOW);
    expect(applyStep(resting, "waitFor", leave(), now).hops).toBe(hops);
  });

  test("a claim ends with the visit", () => {
    const position = { componentId: "first", visit: 0, since: NOW, claim: "e-0" };
    expect(applyStep(enrolled({ position }), "sendTemplate", leave(), NOW).position).not.toHaveProperty("claim");
  });

  test("a reason is logged", () => {
    expect(
      applyStep(enrolled(), "sendTemplate", { ...leave("skipped"), reason: "no-address" }, NOW).steps,
    ).toMatchObject([{ outcome: "skipped", reason: "no-address" }]);
  });

  test.each<[Advanced["next"], Partial<Enrollment>]>([
    [{ kind: "completed" }, { status: "completed", endedAt: LATER }],
    [
      { kind: "exited", reason: "if-past" },
      { status: "exited", reason: "if-past", endedAt: LATER },
    ],
    [
      { kind: "failed", reason: "endless-loop" },
      { status: "failed", reason: "endless-loop", endedAt: LATER },
    ],
  ])("to the end: %j", (next, expected) => {
    expect(applyStep(enrolled(), "wait", { outcome: "done", next }, LATER)).toMatchObject(expected);
  });

  test("at most 1000 visits", () => {
    const at = (visit: number) => enrolled({ position: { componentId: "first", visit, since: NOW } });
    expect(applyStep(at(998), "addTag", leave(), NOW)).toMatchObject({ status: "active", position: { visit: 999 } });
    expect(applyStep(at(999), "addTag", leave(), NOW)).toMatchObject({ status: "failed", reason: "endless-loop" });
  });
});

describe("an enrollment that has ended", () => {
  const inside = enrolled({
    position: { componentId: "first", visit: 0, since: NOW, waiting: { for: "signal", until: LATER, token: "T" } },
    steps: [step("zero", "done"), step("first", "waiting")],
  });
  test("waits for nothing, is never due, and its open step is closed", () => {
    const over = ended(inside, { status: "exited", rule: "left" }, LATER);
    expect(over).toMatchObject({ status: "exited", reason: "left", endedAt: LATER });
    expect(over.steps).toEqual([step("zero", "done"), step("first", "exited", { leftAt: LATER })]);
    expect(JSON.stringify(over)).not.toMatch(/dueAt|waiting|"T"/);
  });

  test("without a reason in the ending, has none", () =>
    expect(ended(inside, { status: "completed" }, LATER)).not.toHaveProperty("reason"));

  test("is not changed by a second ending", () => {
    const over = ended(inside, { status: "exited", rule: "left" }, LATER);
    expect(ended(over, { status: "failed", reason: "stuck" }, LATER)).toBe(over);
  });
});

describe("hasLoopedWithoutWait: whether the customer left the component before and has not waited since", () => {
  test.each<[string, Step[], boolean]>([
    ["never visited", [], false],
    ["another was visited", [step("a", "done")], false],
    ["left just now", [step("x", "done"), step("a", "done")], true],
    ["left, then the customer waited", [step("x", "done"), step("a", "done", { until: LATER })], false],
    ["waited elsewhere before", [step("a", "done", { until: LATER }), step("x", "done")], true],
    ["is there now for the first time", [step("x", "waiting", { until: LATER })], false],
  ])("%s", (_, steps, expected) => expect(hasLoopedWithoutWait({ steps }, "x")).toBe(expected));
});

describe("messages", () => {
  const [first, second] = [message({ messageId: "e-0" }), message({ messageId: "e-2", statuses: { read: NOW } })];
  test("a new one is added, a known one replaced", () => {
    const two = withMessage(enrolled({ messages: [first] }), second);
    expect(two.messages).toEqual([first, second]);
    const failed = { ...first, state: "failed" as const };
    expect(withMessage(two, failed).messages).toEqual([failed, second]);
  });

  test("of a component, the newest counts", () => {
    const both = enrolled({ messages: [first, second] });
    expect(messageOf(both, "mail")).toBe(second);
    expect(messageOf(both, "other")).toBeUndefined();
    expect(messageStatuses(both)).toEqual({ mail: { read: NOW } });
  });
});

describe("counts are a function of the log", () => {
  test.each<[string, Partial<Enrollment>, Record<string, number>]>([
    ["inside", {}, { entered: 1, active: 1 }],
    ["completed", { status: "completed" }, { entered: 1, completed: 1 }],
    ["exited", { status: "exited", reason: "left" }, { entered: 1, exited: 1, "exited.left": 1 }],
    ["failed", { status: "failed", reason: "stuck" }, { entered: 1, failed: 1, "failed.stuck": 1 }],
    ["exited without a reason", { status: "exited" }, { entered: 1, exited: 1, "exited.": 1 }],
    ["goals", { goals: { g: NOW, h: NOW } }, { entered: 1, active: 1, "goal.g": 1, "goal.h": 1 }],
    [
      "components and outlets",
      { steps: [step("a", "done"), step("a", "met"), step("b", "waiting")] },
      {
        entered: 1,
        active: 1,
        "component.a.entered": 2,
        "component.a.left.done": 1,
        "component.a.left.met": 1,
        "component.b.entered": 1,
      },
    ],
    ["a claimed message", { messages: [message({ state: "claimed" })] }, { entered: 1, active: 1 }],
    ["a sent message", { messages: [message()] }, { entered: 1, active: 1, "message.mail.sent": 1 }],
    [
      "a clicked message",
      { messages: [message({ statuses: { clicked: NOW } })] },
      {
        entered: 1,
        active: 1,
        "message.mail.sent": 1,
        "message.mail.delivered": 1,
        "message.mail.read": 1,
        "message.mail.clicked": 1,
      },
    ],
    [
      "a skipped message",
      { messages: [message({ state: "skipped", reason: "no-address" })] },
      { entered: 1, active: 1, "message.mail.skipped.no-address": 1 },
    ],
    [
      "a skipped message without a reason",
      { messages: [message({ state: "skipped" })] },
      { entered: 1, active: 1, "message.mail.skipped.": 1 },
    ],
    [
      "a failed message",
      { messages: [message({ state: "failed" })] },
      { entered: 1, active: 1, "message.mail.failed": 1 },
    ],
    [
      "an unknown message",
      { messages: [message({ state: "unknown" })] },
      { entered: 1, active: 1, "message.mail.unknown": 1 },
    ],
    [
      "a bounced message",
      { messages: [message({ statuses: { bounced: NOW } })] },
      { entered: 1, active: 1, "message.mail.sent": 1, "message.mail.bounced": 1 },
    ],
  ])("%s", (_, more, expected) => expect(countsOf(enrolled(more))).toEqual(expected));

  test("the counts that a change of an enrollment adds", () => {
    const before = enrolled();
    expect(countsChange(undefined, before)).toEqual({ entered: 1, active: 1 });
    expect(countsChange(before, ended(before, { status: "exited", rule: "left" }, NOW))).toEqual({
      active: -1,
      exited: 1,
      "exited.left": 1,
    });
    expect(countsChange(before, before)).toEqual({});
    expect(countsChange(before, undefined)).toEqual({ entered: -1, active: -1 });
    expect(addCounts({ a: 1 }, { a: 2, b: -1 })).toEqual({ a: 3, b: -1 });
  });
});

describe("announcements", () => {
  const names = (before: Enrollment | undefined, after: Enrollment) =>
    announcements(before, after, NOW).map(({ name }) => name);
  const sent = enrolled({ messages: [message()] });
  test.each<[string, Enrollment | undefined, Enrollment, string[]]>([
    ["a new one", undefined, enrolled(), ["journey.entered"]],
    ["nothing new", enrolled(), enrolled(), []],
    ["a claim", enrolled(), enrolled({ messages: [message({ state: "claimed" })] }), []],
    ["sent", enrolled({ messages: [message({ state: "claimed" })] }), sent, ["message.sent"]],
    ["sent before", sent, sent, []],
    ["skipped", enrolled(), enrolled({ messages: [message({ state: "skipped" })] }), ["message.skipped"]],
    ["failed and unknown", enrolled(), enrolled({ messages: [message({ state: "failed" })] }), []],
    ["a goal", enrolled(), enrolled({ goals: { g: NOW } }), ["goal.reached"]],
    ["another goal", enrolled({ goals: { g: NOW } }), enrolled({ goals: { g: NOW, h: NOW } }), ["goal.reached"]],
    ["an end", enrolled(), ended(enrolled(), { status: "failed", reason: "stuck" }, LATER), ["journey.failed"]],
    [
      "after the end",
      ended(enrolled(), { status: "completed" }, LATER),
      ended(enrolled(), { status: "completed" }, LATER),
      [],
    ],
    [
      "all at once",
      undefined,
      ended(enrolled({ messages: [message()], goals: { g: NOW } }), { status: "exited", rule: "left" }, LATER),
      ["journey.entered", "message.sent", "goal.reached", "journey.exited"],
    ],
  ])("%s", (_, before, after, expected) => expect(names(before, after)).toEqual(expected));

  test("carry ids, their own time and the hops", () => {
    const after = ended(enrolled({ hops: 3 }), { status: "exited", rule: "left" }, LATER);
    expect(announcements(enrolled(), after, NOW)).toEqual([
      {
        name: "journey.exited",
        id: expect.stringMatching(/^[a-z2-7]{26}$/),
        customerId: "c-1",
        time: LATER,
        data: { journeyId: "j", journeyVersion: 1, enrollmentId: "e", reason: "left" },
        hops: 3,
      },
    ]);
    const [completed] = announcements(enrolled(), ended(enrolled(), { status: "completed" }, LATER), NOW);
    expect(completed?.data).not.toHaveProperty("reason");
  });

  test("each announcement has its own id, the same at every repetition", () => {
    const ids = (after: Enrollment) => announcements(undefined, after, NOW).map(({ id }) => id);
    const both = enrolled({ messages: [message(), message({ messageId: "e-2" })], goals: { g: NOW, h: NOW } });
    expect(new Set(ids(both)).size).toBe(5);
    expect(ids(both)).toEqual(ids(both));
  });
});
