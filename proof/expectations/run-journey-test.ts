/** Runs a journey test: simulates its scenario and judges the result. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { type SimulationResult, simulate } from "../../simulator/simulate.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { type Budget, bounded, generous, TooMuchWork } from "./bounded.ts";
import type { JourneyTest } from "./journey-test.ts";
import { judge } from "./judge.ts";
import { outcomeOf } from "./outcome.ts";
import type { Failure } from "./verdict.ts";

/** More than a timeline shows of a text. */
const MOST_CHARACTERS = 100;

export interface TestResult {
  readonly failures: readonly Failure[];
  /** The test could not be judged: its documents have problems, or an expectation names what does not exist. */
  readonly problems: readonly Problem[];
  /** Parts of the scenario that had no effect. */
  readonly warnings: readonly string[];
  /** The timeline. Of the text of a message, it has the start at most. */
  readonly lines: readonly TimelineLine[];
}

export async function runJourneyTest(
  { name: _, expect, ...scenario }: JourneyTest,
  budget: Budget = generous(),
): Promise<TestResult> {
  const lines: TimelineLine[] = [];
  const result = await withinBudget(simulate(scenario, (line) => lines.push(withoutText(line)), bounded(budget)));
  if ("problems" in result) return { failures: [], problems: result.problems, warnings: [], lines };
  const { summary, warnings } = result;
  return { ...judge(expect, outcomeOf(scenario, lines, summary)), warnings, lines };
}

export const passed = ({ failures, problems }: Pick<TestResult, "failures" | "problems">) =>
  failures.length === 0 && problems.length === 0;

/**
 * No expectation reads the texts, which may be longer than all other data. A timeline shows the start of a text only where
 * the message has no subject.
 */
function withoutText(line: TimelineLine): TimelineLine {
  if (line.kind !== "message") return line;
  const { html: _, text, ...rest } = line;
  return text === undefined || line.subject ? rest : { ...rest, text: text.slice(0, MOST_CHARACTERS) };
}

async function withinBudget(simulation: Promise<SimulationResult>): Promise<SimulationResult> {
  try {
    return await simulation;
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return { problems: [tooMuchWork] };
  }
}

const tooMuchWork: Problem = {
  path: "",
  code: "test-too-long",
  message:
    'The scenario takes too many steps. A loop with a short wait goes round until the end of the scenario: set "until" to end it sooner.',
};
