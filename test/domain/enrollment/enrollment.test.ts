/** Steps, endings and messages of an enrollment. */
import { describe, expect, test } from "vitest";
import { ended } from "../../../lambdas/domain/enrollment/ending.ts";
import {
  type Enrollment,
  messageOf,
  messageStatuses,
  type Step,
} from "../../../lambdas/domain/enrollment/enrollment.ts";
import { hasLoopedWithoutWait } from "../../../lambdas/domain/enrollment/steps.ts";
import { applyStep, withMessage } from "../../../lambdas/domain/walk/apply-step.ts";
import type { Advanced } from "../../../lambdas/domain/walk/outcome.ts";
import { enrolled, LATER, message, NOW } from "../enrolled.ts";
import { step } from "./steps.ts";

const leave = (outcome = "done", to = "second"): Advanced => ({
  outcome,
  next: { kind: "component", componentId: to },
});

const rest = (until = LATER): Advanced => ({
  outcome: "waiting",
  next: { kind: "wait", for: "timer", until },
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
