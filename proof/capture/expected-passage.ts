/** The result of a passage, and whether a simulation has the same result. */
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { canonical } from "../../lambdas/domain/values/json.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { CustomerExpectation } from "../expectations/journey-test.ts";
import { passagesOf } from "../expectations/passages.ts";
import { runJourneyTest } from "../expectations/run-journey-test.ts";

export interface Expected {
  readonly path: string[];
  readonly messages: string[];
  readonly ended: NonNullable<CustomerExpectation["ended"]>;
  readonly reason?: string;
  readonly goals: string[];
}

const unsent: ReadonlySet<string> = new Set(["skipped", "failed"]);

export function expectedOf({ steps, messages, status, reason, goals }: Enrollment): Expected {
  return {
    path: steps.map(({ componentId }) => componentId),
    messages: messages.filter(({ state }) => !unsent.has(state)).map(({ componentId }) => componentId),
    ended: status,
    ...(reason !== undefined && { reason }),
    goals: Object.entries(goals)
      .toSorted(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([id]) => id),
  };
}

/**
 * The enrollment of the simulation that equals the passage, and the number of enrollments; `undefined`: none equals it.
 */
export async function found(
  scenario: Scenario,
  journeyId: string,
  expected: Expected,
): Promise<{ enrollment: number; of: number } | undefined> {
  const { problems, lines } = await runJourneyTest({ ...scenario, name: "captured", expect: [] });
  if (problems.length > 0) return undefined;
  const passages = passagesOf(lines).filter((passage) => passage.journeyId === journeyId);
  const index = passages.findIndex(({ visits, messages, ended, reason, goals }) => {
    const came: Expected = {
      path: visits.map(({ componentId }) => componentId),
      messages: messages.map(({ componentId }) => componentId),
      ended,
      ...(reason !== undefined && { reason }),
      goals: goals.toSorted(),
    };
    return canonical({ ...came }) === canonical({ ...expected, goals: expected.goals.toSorted() });
  });
  return index === -1 ? undefined : { enrollment: index + 1, of: passages.length };
}
