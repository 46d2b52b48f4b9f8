/** `advance`: components that wait, branch or split. */
import { describe, expect, test } from "vitest";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { Position } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import { share } from "../../../lambdas/domain/values/hash.ts";
import { advance } from "../../../lambdas/domain/walk/advance.ts";
import { type JourneyFacts, zoneOf } from "../../../lambdas/domain/walk/journey-facts.ts";
import { EARLIER, journeyOf, LATER, NOW } from "../enrolled.ts";
import { ann, at, decide, facts, goes, waiting } from "./deciding.ts";

test("a component that the journey does not have fails, even with the name of an inherited member", () => {
  for (const componentId of ["gone", "constructor"])
    expect(advance(journeyOf({}), at({ componentId }), facts(), NOW)).toEqual({
      outcome: "failed",
      next: { kind: "failed", reason: "unknown-component" },
    });
});

describe("wait", () => {
  const forAnHour: Component = { type: "wait", for: "PT1H", next: "second" };
  const untilField: Component = {
    type: "wait",
    until: { field: "customer.at", ifPast: "continue", ifMissing: "continue" },
    next: "second",
  };
  test.each<[string, Component, Partial<JourneyFacts>, Position, string, string]>([
    ["rests", forAnHour, {}, at(), NOW, `timer ${LATER}`],
    [
      "rests on, until what was decided first",
      forAnHour,
      {},
      waiting(LATER),
      "2026-01-05T10:30:00.000Z",
      `timer ${LATER}`,
    ],
    ["goes on", forAnHour, {}, waiting(LATER), LATER, "second"],
    ["a field that has passed", untilField, { customer: { ...ann, attributes: { at: EARLIER } } }, at(), NOW, "second"],
    ["a field that was decided first", untilField, {}, waiting(LATER), NOW, `timer ${LATER}`],
    ["a past field in a loop that has not rested", untilField, { loopedWithoutWait: true }, at(), NOW, "failed"],
    ["a wait that says nothing", { type: "wait", next: "second" }, {}, at(), NOW, "second"],
  ])("%s", (_, component, more, position, now, expected) =>
    expect(goes(decide(component, more, position, now))).toBe(expected),
  );
});

describe("waitFor", () => {
  const component: Component = {
    type: "waitFor",
    branches: [
      { id: "paid", event: "order", next: "yes" },
      { id: "rich", where: { field: "customer.n", operator: "equals", value: 2 }, next: "rich" },
      { id: "odd", event: "call" },
    ],
    within: "PT1H",
    otherwise: "no",
  };
  const happening = (name: string, time: string) => ({ kind: "event", id: name, name, time, data: {} }) as const;
  const rich = { customer: { ...ann, attributes: { n: 2 } } };
  test.each<[string, Partial<JourneyFacts>, Position, string, string]>([
    ["nothing: rests", {}, at(), NOW, `signal ${LATER}`],
    ["an event since the last rest", { activities: [happening("order", NOW)] }, at(), NOW, "yes"],
    [
      "the earliest of several",
      { activities: [happening("order", LATER), happening("call", NOW)] },
      at(),
      NOW,
      "completed",
    ],
    [
      "the first branch of several events at one moment",
      { activities: [happening("call", NOW), happening("order", NOW)] },
      at(),
      NOW,
      "yes",
    ],
    [
      "an event after the end",
      { activities: [happening("order", "2026-01-05T11:00:00.001Z")] },
      waiting(LATER),
      NOW,
      `signal ${LATER}`,
    ],
    ["an event at the very end", { activities: [happening("order", LATER)] }, waiting(LATER), NOW, "yes"],
    ["a branch that was noted", {}, waiting(LATER, "paid"), NOW, "yes"],
    ["a branch that was noted, seen late", {}, waiting(LATER, "paid"), "2026-01-05T12:00:00.000Z", "yes"],
    ["what holds now", rich, at(), NOW, "rich"],
    [
      "what holds now, in a loop that has not rested",
      { ...rich, loopedWithoutWait: true },
      at(),
      NOW,
      `signal ${LATER}`,
    ],
    [
      "an event, in a loop that has not rested",
      { activities: [happening("order", NOW)], loopedWithoutWait: true },
      at(),
      NOW,
      `signal ${LATER}`,
    ],
    [
      "an event that came while it rested in such a loop",
      { activities: [happening("order", NOW)], loopedWithoutWait: true },
      waiting(LATER),
      NOW,
      "yes",
    ],
    ["time is up", {}, waiting(LATER), LATER, "no"],
  ])("%s", (_, more, position, now, expected) => expect(goes(decide(component, more, position, now))).toBe(expected));
});

describe("split", () => {
  const split = (...percents: readonly number[]): Component => ({
    type: "split",
    branches: percents.map((percent, index) => ({ percent, next: `b${index}` })),
  });
  test("each customer takes the branch of their share", () => {
    for (let n = 0; n < 100; n++) {
      const customer = unknownCustomer(`c-${n}`);
      const falls = share("j", "first", customer.customerId);
      const branch = falls < 20 ? "b0" : falls < 70 ? "b1" : "b2";
      expect(decide(split(20, 50, 30), { customer })).toMatchObject({ outcome: branch });
      expect(goes(decide(split(20, 50, 30), { customer }))).toBe(branch);
    }
  });

  test("a branch without a next component ends the journey", () => {
    const component: Component = { type: "split", branches: [{ percent: 100 }] };
    expect(decide(component)).toEqual({ outcome: "end", next: { kind: "completed" } });
  });

  test("rounding leaves no customer without a branch", () => {
    for (let n = 0; n < 2000; n++) {
      const customer = unknownCustomer(`c-${n}`);
      expect(goes(decide(split(33.3, 33.3, 33.3), { customer }))).toMatch(/^b[012]$/);
    }
  });
});

test("the zone: the requested one, else the customer's, else the journey's, else UTC", () => {
  const of = (asked: string | undefined, own: string | number | undefined, journeys: string | undefined) =>
    zoneOf(
      asked,
      { customer: { ...ann, attributes: own === undefined ? {} : { timezone: own } } },
      { ...journeyOf({}), ...(journeys && { timezone: journeys }) },
    );
  expect(of("Asia/Tokyo", "Europe/Berlin", "America/New_York")).toBe("Asia/Tokyo");
  expect(of(undefined, "Europe/Berlin", "America/New_York")).toBe("Europe/Berlin");
  expect(of(undefined, undefined, "America/New_York")).toBe("America/New_York");
  expect(of(undefined, undefined, undefined)).toBe("UTC");
  expect(of(undefined, "Nowhere", "America/New_York")).toBe("America/New_York");
  expect(of(undefined, 2, undefined)).toBe("UTC");
});
