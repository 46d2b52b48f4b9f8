import { describe, expect, it, test } from "vitest";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import { leafCount, leaves } from "../../../lambdas/domain/conditions/condition-tree.ts";
import { evaluate } from "../../../lambdas/domain/conditions/evaluate.ts";
import { namedSegments } from "../../../lambdas/domain/segments/named-segments.ts";
import { resolveCondition, resolveJourney } from "../../../lambdas/domain/segments/resolve-segments.ts";
import { journeyOf } from "../enrolled.ts";

const german: Condition = { field: "customer.country", operator: "equals", value: "DE" };
const gold: Condition = { field: "customer.plan", operator: "equals", value: "gold" };
const segments = new Map<string, Condition>([
  ["german", german],
  ["gold", gold],
  ["best", { all: [{ segment: "german" }, { segment: "gold" }] }],
  ["loop", { any: [{ segment: "loop" }, german] }],
]);
const facts = (customer: Record<string, string>) => ({ now: "2026-01-05T10:00:00.000Z", customer });
const holds = (condition: Condition, customer: Record<string, string>) =>
  evaluate(resolveCondition(condition, segments), facts(customer));

describe("a condition that names a segment", () => {
  it.each<[string, Condition, Record<string, string>, boolean]>([
    ["is true for a customer in the segment", { segment: "german" }, { country: "DE" }, true],
    ["is false for a customer outside", { segment: "german" }, { country: "FR" }, false],
    ["may be turned around", { not: { segment: "german" } }, { country: "FR" }, true],
    ["may name a segment that names others", { segment: "best" }, { country: "DE", plan: "gold" }, true],
    ["is false if one of the others is false", { segment: "best" }, { country: "DE" }, false],
    ["is false if the segment does not exist", { segment: "gone" }, { country: "DE" }, false],
    ["is false under not too", { not: { segment: "gone" } }, { country: "DE" }, false],
    ["is true if another part is true", { any: [{ segment: "gone" }, german] }, { country: "DE" }, true],
    ["ends where a segment names itself", { segment: "loop" }, { country: "DE" }, true],
    ["is false where only the cycle is left", { segment: "loop" }, { country: "FR" }, false],
  ])("%s", (_, condition, customer, expected) => {
    expect(holds(condition, customer)).toBe(expected);
  });

  it("is false before the segment's condition was put in", () => {
    expect(evaluate({ segment: "german" }, facts({ country: "DE" }))).toBe(false);
  });

  it("has the leaves of the segment", () => {
    expect(leaves(resolveCondition({ not: { segment: "best" } }, segments))).toEqual([german, gold]);
    expect(leafCount(resolveCondition({ any: [{ segment: "best" }, german] }, segments))).toBe(3);
  });

  it("is stored and compared as it was written", () => {
    const condition = { all: [{ segment: "best" }] };
    expect(JSON.stringify(resolveCondition(condition, segments))).toBe(JSON.stringify(condition));
  });

  it("counts a segment that is named very often without walking it each time", () => {
    const nested = Array.from({ length: 5 }, (_, depth): [string, Condition] => [
      `s-${depth}`,
      depth === 0 ? german : { any: Array.from({ length: 100 }, () => ({ segment: `s-${depth - 1}` })) },
    ]);
    expect(leafCount(resolveCondition({ segment: "s-4" }, new Map(nested)))).toBe(100 ** 4);
  });
});

test("a condition without a segment stays the same object", () => {
  const condition: Condition = { all: [german, { not: gold }, { any: [gold] }] };
  expect(resolveCondition(condition, segments)).toBe(condition);
});

const named = journeyOf(
  {
    wait: { type: "waitFor", branches: [{ id: "w", where: { segment: "e" } }], within: "P1D", otherwise: "choose" },
    choose: { type: "condition", branches: [{ when: { segment: "f" } }] },
  },
  {
    trigger: { event: "start", where: { segment: "a" }, audience: { not: { segment: "b" } } },
    exit: [{ id: "e", where: { any: [{ segment: "c" }] } }],
    goals: [{ id: "g", where: { all: [german, { segment: "d" }] } }],
  },
);

test("a journey names the segments of all its conditions", () => {
  expect(namedSegments(named)).toEqual(["a", "b", "c", "d", "e", "f"]);
  expect(namedSegments({ where: { all: [{ segment: "x" }, { segment: "x" }] } })).toEqual(["x"]);
  expect(namedSegments({ trigger: 7, exit: "x", components: [{ segment: "y" }] })).toEqual([]);
});

test("in a journey, the conditions of all places are put in", () => {
  const all = new Map([..."abcdef"].map((id): [string, Condition] => [id, gold]));
  const { trigger, exit, goals, components } = resolveJourney(named, all);
  const branches = Object.values(components).flatMap((each) => {
    if (each.type === "waitFor") return each.branches.map(({ where }) => where);
    return each.type === "condition" ? each.branches.map(({ when }) => when) : [];
  });
  const places = [trigger.where, trigger.audience, exit?.[0]?.where, goals?.[0]?.where, ...branches];
  expect(places.map((place) => place && leaves(place).includes(gold))).toEqual([true, true, true, true, true, true]);
});
