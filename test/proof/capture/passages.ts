/** The passages of a simulated scenario, and what is wrong with the capture of one. */
import type { Ports } from "../../../lambdas/app/ports.ts";
import type { Captured } from "../../../proof/capture/capture.ts";
import { personalIn, personalValues } from "../../../proof/capture/personal.ts";
import type { Source } from "../../../proof/capture/recorded-scenario.ts";
import { checkJourneyTest } from "../../../proof/expectations/journey-test.ts";
import { runJourneyTest } from "../../../proof/expectations/run-journey-test.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";

/** The passages that a scenario leaves in the tables. Of an erased customer, none is left. */
export async function passages(scenario: Scenario): Promise<Source[]> {
  let journeys: Ports["journeys"] | undefined;
  const ports = (given: Ports) => {
    journeys = given.journeys;
    return given;
  };
  const result = await simulate(scenario, () => {}, { ports, call: (_, run) => run() });
  if ("problems" in result || !journeys) throw new Error(JSON.stringify(result));
  const sources: Source[] = [];
  for (const { customer, enrollments, events } of result.store.all())
    for (const enrollment of enrollments.values()) {
      const version = await journeys.version(enrollment.journeyId, enrollment.journeyVersion);
      const live = (await journeys.live(enrollment.journeyId))?.journey;
      if (!version || !live || customer.deletedAt !== undefined) continue;
      const { exit: _, goals: __, ...rest } = version;
      const merged = { ...rest, ...(live.exit && { exit: live.exit }), ...(live.goals && { goals: live.goals }) };
      const templates = scenario.templates as unknown as Source["templates"];
      const segments = (scenario.segments ?? []) as unknown as Source["segments"];
      const now = scenario.until ?? "2030-01-01T00:00:00.000Z";
      sources.push({
        enrollment,
        profile: customer,
        events: [...events.values()],
        journey: merged,
        templates,
        segments,
        now,
      });
    }
  return sources;
}

/** A refusal, a failure, a problem, or a personal value that is left. */
export async function whatIsWrong(source: Source, captured: Captured): Promise<unknown[]> {
  if ("refused" in captured) return [captured.refused];
  const checked = checkJourneyTest(JSON.parse(JSON.stringify(captured.test)));
  if ("problems" in checked) return [...checked.problems];
  const { failures, problems } = await runJourneyTest(checked.value);
  const { journeys: _, templates: __, segments: ___, edits = [], expect = [], ...scenario } = captured.test;
  // The number of an enrollment says which of several it is, whatever numbers the customer has.
  const expected = (expect as { enrollment?: number }[]).map(({ enrollment: _, ...each }) => each);
  const editedAt = (edits as { at: string }[]).map(({ at }) => at);
  return [...failures, ...problems, ...personalIn([scenario, expected, editedAt], personalValues(source))];
}
