/** Runs the tests that are stored with a journey, when it is saved. All tests of a save share one bounded budget of work. */
import type { Gate, Templates } from "../../lambdas/app/ports.ts";
import { namedTemplates } from "../../lambdas/domain/checks/check-references.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { items, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { type StoredTest, TEST } from "../../lambdas/domain/journey/stored-test.ts";
import { sharedWith } from "../../lambdas/domain/messages/uses.ts";
import type { Budget } from "../expectations/bounded.ts";
import { checkJourneyTest } from "../expectations/journey-test.ts";
import { runJourneyTest } from "../expectations/run-journey-test.ts";
import { testOf } from "./stored-test.ts";

interface Needed {
  stored(journeyId: string): Promise<readonly StoredTest[]>;
  readonly templates: Pick<Templates, "get" | "shared">;
  /** The most calls of the store that the tests of one save may make. */
  readonly mostCalls?: number;
}

/**
 * A scenario with a hundred customers makes some thousands. The smallest size of function makes this many calls in
 * seconds.
 */
const MOST_CALLS = 200_000;

export function testGate({ stored, templates, mostCalls = MOST_CALLS }: Needed): Gate {
  return {
    async problems(journey) {
      const tests = await stored(journey.id);
      if (tests.length === 0) return [missing];
      const budget: Budget = { left: mostCalls };
      const found: Problem[] = [];
      for (const test of tests) {
        const failures = await failuresOf(test, journey, templates, budget);
        if (failures.length > 0) found.push(failed(test.version.slice(TEST.length), failures));
      }
      return found;
    },
  };
}

async function failuresOf(
  stored: StoredTest,
  journey: Journey,
  templates: Needed["templates"],
  budget: Budget,
): Promise<string[]> {
  // A test of a paused journey could only show that no customer enters.
  const active: Journey = { ...journey, status: "active" };
  const test = testOf(stored, active, await liveTemplates(stored, active, templates));
  const checked = checkJourneyTest(test);
  const { failures, problems } =
    "value" in checked ? await runJourneyTest(checked.value, budget) : { failures: [], problems: checked.problems };
  return [
    ...problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)),
    ...failures.map(({ path, message }) => `${path}: ${message}`),
  ];
}

async function liveTemplates(stored: StoredTest, journey: Journey, templates: Needed["templates"]): Promise<object[]> {
  const others = [
    ...items(stored.journeys).map(([, document]) => document),
    ...items(stored.edits).map(([, edit]) => members(edit).journey),
  ];
  const ids = new Set([journey, ...others].flatMap(namedTemplates));
  const found: object[] = [];
  for (const id of ids) {
    const template = await templates.get(id);
    if (!template) continue;
    const shared = await sharedWith(template, (other) => templates.shared(other));
    found.push(template, ...Object.values(shared));
  }
  return [...new Set(found)];
}

function failed(name: string, [first = "", ...more]: readonly string[]): Problem {
  const others = more.length === 0 ? "" : ` It has ${more.length} more.`;
  return { path: "", code: "test-failed", message: `The test "${name}" fails. ${first}${others}` };
}

const missing: Problem = {
  path: "",
  code: "test-missing",
  message: "This stack requires tests, and no test is stored with the journey. Publish the journey with its tests.",
};
