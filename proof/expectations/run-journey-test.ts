/** Runs a journey test: simulates its scenario and judges what came. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import type { Instruments } from "../../simulator/instruments.ts";
import { simulate } from "../../simulator/simulate.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import type { JourneyTest } from "./journey-test.ts";
import { judge } from "./judge.ts";
import { outcomeOf } from "./outcome.ts";
import type { Failure } from "./verdict.ts";

export interface TestResult {
  readonly failures: readonly Failure[];
  /** The test could not be judged: its documents have problems, or an expectation names what does not exist. */
  readonly problems: readonly Problem[];
  /** Parts of the scenario that had no effect. */
  readonly warnings: readonly string[];
}

export async function runJourneyTest(
  { name: _, expect, ...scenario }: JourneyTest,
  instruments?: Instruments,
): Promise<TestResult> {
  const lines: TimelineLine[] = [];
  const result = await simulate(scenario, (line) => lines.push(line), instruments);
  if ("problems" in result) return { failures: [], problems: result.problems, warnings: [] };
  const { summary, warnings } = result;
  return { ...judge(expect, outcomeOf(scenario, lines, summary)), warnings };
}

export const passed = ({ failures, problems }: TestResult) => failures.length === 0 && problems.length === 0;
