/** Counts and announcements follow from the log of an enrollment. */
import { describe, expect, test } from "vitest";
import { addCounts, countsChange, countsOf } from "../../../lambdas/domain/counters/counts.ts";
import { ended } from "../../../lambdas/domain/enrollment/ending.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { announcements } from "../../../lambdas/domain/events/announcements.ts";
import { enrolled, LATER, message, NOW } from "../enrolled.ts";
import { step } from "./steps.ts";

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
