/**
 * Claims that something never or always happens, against customers who do what they want: events, changes and reports at
 * random times, on journeys of few fields and many conditions. No customer may refute a claim.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { modelProblems } from "../../../lambdas/domain/checks/check-model.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../../lambdas/domain/journey/outlets.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import type { TimelineLine } from "../../../simulator/timeline.ts";
import { condition, onCustomer } from "../../properties/journeys.ts";
import { event, status, UNTIL } from "../../properties/scenarios.ts";
import { ofASample, whole } from "../../sample.ts";
import { timelineOf } from "./shown.ts";

const to = (n: number | undefined) => (n === undefined ? {} : { next: `c-${n}` });

/** Components in a row, most of them conditions that read the few fields of the random events. */
const tight: fc.Arbitrary<Journey> = fc
  .record({
    whens: fc.array(condition, { minLength: 2, maxLength: 5 }),
    others: fc.array(fc.nat(11), { minLength: 5, maxLength: 5 }),
    where: fc.option(condition, { nil: undefined }),
    audience: fc.option(onCustomer, { nil: undefined }),
    out: fc.option(onCustomer, { nil: undefined }),
    goal: onCustomer,
  })
  .map(({ whens, others, where, audience, out, goal }) => {
    const components: Record<string, Component> = {};
    const kinds = (n: number): Component[] => [
      { type: "wait", for: "P1D", ...to(n) },
      { type: "addTag", tags: ["x"], ...to(n) },
      { type: "removeTag", tags: ["y"], ...to(n) },
      { type: "updateCustomer", set: { n: 2 }, unset: ["plan"], ...to(n) },
      { type: "sendTemplate", template: "t-0", ...to(n) },
      {
        type: "waitFor",
        branches: [{ id: "b", event: "b", where: whens[0] as never, ...to(n) }],
        within: "P3D",
        otherwise: `c-${n}`,
      },
    ];
    whens.forEach((when, index) => {
      const [asks, between] = [index * 2, index * 2 + 1];
      const isLast = index === whens.length - 1;
      components[`c-${asks}`] = { type: "condition", branches: [{ when, next: `c-${between}` }] };
      components[`c-${between}`] = isLast
        ? { type: "addTag", tags: ["z"] }
        : (kinds(asks + 2)[(others[index] as number) % 6] as Component);
    });
    return {
      id: "tight",
      name: "Tight",
      status: "active",
      trigger: { event: "a", entry: "always", ...(where && { where }), ...(audience && { audience }) },
      ...(out && { exit: [{ id: "out", where: out }] }),
      goals: [{ id: "goal", where: goal }],
      start: "c-0",
      components,
    };
  });

function refutes(journey: Journey, { path, code }: Problem, line: TimelineLine): boolean {
  if (code === "exit-holds-at-entry" || path.startsWith("trigger")) return line.kind === "entered";
  if (path.startsWith("exit")) return line.kind === "exited" && line.reason === "out";
  if (path.startsWith("goals")) return code === "condition-always-false" && line.kind === "goal";
  if (line.kind !== "component" || line.outcome === "waiting") return false;
  const [, id = "", , index = "0"] = /^components\.([a-z0-9-]+)(\.branches\[(\d+)\])?/.exec(path) ?? [];
  if (line.componentId !== id) return false;
  if (code === "component-never-reached") return true;
  const outcome = outlets(journey.components[id] as Component)[Number(index)]?.outcome;
  if (code === "condition-always-true") return line.outcome !== outcome;
  return (code === "condition-always-false" || code === "branch-never-taken") && line.outcome === outcome;
}

const happenings = fc.record({
  customers: fc.constant(["p", "q"].map((customerId) => ({ customerId, email: `${customerId}@mail.example` }))),
  events: fc.array(event, { minLength: 1, maxLength: 12 }),
  statuses: fc.array(status, { maxLength: 4 }),
  until: fc.constant(UNTIL),
});

test("no customer does what is claimed never to happen", ofASample, async () => {
  const [journeys, scenarios] = whole ? [1000, 20] : [24, 2];
  const crowd = fc.sample(happenings, { numRuns: scenarios * 10, seed: 7 });
  let claims = 0;
  for (const [index, journey] of fc.sample(tight, { numRuns: journeys, seed: 20_261_128 }).entries()) {
    const problems = modelProblems(journey);
    if (problems.length === 0) continue;
    claims += problems.length;
    for (let n = 0; n < scenarios; n++) {
      const lines = await timelineOf(journey, crowd[(index * scenarios + n) % crowd.length] as Scenario);
      for (const problem of problems)
        expect(
          lines.find((line) => refutes(journey, problem, line)),
          JSON.stringify({ journey, problem }),
        ).toBeUndefined();
    }
  }
  expect(claims).toBeGreaterThan(journeys / 4);
});
