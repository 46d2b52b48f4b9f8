/**
 * How many mistakes in random journeys the check of the model finds, that it says nothing about journeys without one, and
 * that every example shows in the simulator what is claimed.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { withModel } from "../../../lambdas/domain/checks/check-model.ts";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { validJourney } from "../../properties/journeys.ts";
import { ofASample, sampled, whole } from "../../sample.ts";
import { mistakes } from "./mistakes.ts";
import { notShown } from "./shown.ts";
import { choices, picker, soundJourney } from "./sound-journeys.ts";

const SEED = 20_261_128;

function warningsOf(journey: Journey): readonly Problem[] {
  const checked = withModel(checkJourney(journey, new Set(namedTemplates(journey))));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.warnings.filter(({ code }) => code !== "wait-in-quiet-hours");
}

test("no warning about a journey without a mistake", ofASample, () => {
  for (const numbers of fc.sample(choices, { numRuns: sampled(1000), seed: SEED })) {
    const { journey } = soundJourney(picker(numbers));
    expect(warningsOf(journey), JSON.stringify(journey)).toEqual([]);
  }
});

const names = Object.keys(mistakes);

test.each(names)("%s is found, and its example shows it", ofASample, async (name) => {
  const { code, make } = mistakes[name] as (typeof mistakes)[string];
  const all = fc.sample(choices, { numRuns: whole ? 200 : 4, seed: SEED + names.indexOf(name) });
  let found = 0;
  for (const numbers of all) {
    const pick = picker(numbers);
    const { journey, path } = make(soundJourney(pick), pick);
    const warnings = warningsOf(journey);
    for (const warning of warnings) expect(await notShown(journey, warning)).toBeUndefined();
    if (warnings.some((warning) => warning.code === code && warning.path === path)) found++;
  }
  expect(found).toBe(all.length);
});

test("every example shows its claim, in journeys with any mistakes", ofASample, async () => {
  for (const journey of fc.sample(validJourney("any"), { numRuns: whole ? 2000 : 60, seed: SEED }))
    for (const warning of warningsOf(journey))
      expect(await notShown(journey, warning), JSON.stringify(journey)).toBeUndefined();
});
