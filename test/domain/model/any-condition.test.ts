/** The check of the model on conditions of every form, with hostile names: a save must never fail by a warning. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { modelProblems } from "../../../lambdas/domain/checks/check-model.ts";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { any } from "../../properties/any-condition.ts";
import { ofASample, whole } from "../../sample.ts";
import { notShown } from "./shown.ts";

const asks = (when: Condition, next: string) => ({ type: "condition" as const, branches: [{ when, next }] });

function journeyOf([where, one, two, three, out]: readonly Condition[]): Journey {
  return {
    id: "odd",
    name: "Odd",
    status: "active",
    trigger: {
      event: "a",
      key: "event.k",
      where: { any: [where as Condition, { field: "event.go", operator: "exists" }] },
    },
    exit: [{ id: "out", event: "c", where: out as Condition }],
    start: "one",
    components: {
      one: asks(one as Condition, "two"),
      two: asks(two as Condition, "set"),
      set: { type: "updateCustomer", set: { a: 1, b: "x" }, unset: ["x"], next: "three" },
      three: asks(three as Condition, "last"),
      last: {
        type: "waitFor",
        branches: [{ id: "came", event: "b", where: one as Condition, next: "end" }],
        within: "P1D",
      },
      end: { type: "addTag", tags: ["a"] },
    },
  };
}

test("nothing throws, and every example shows its claim", ofASample, async () => {
  const conditions = fc.array(any, { minLength: 5, maxLength: 5 }).map(journeyOf);
  let checked = 0;
  for (const journey of fc.sample(conditions, { numRuns: whole ? 5000 : 50, seed: 20_261_128 })) {
    const problems = modelProblems(journey);
    if (!("value" in checkJourney(journey, new Set()))) continue;
    checked++;
    for (const problem of problems) expect(await notShown(journey, problem), JSON.stringify(journey)).toBeUndefined();
  }
  expect(checked).toBeGreaterThan(10);
});
