/** Judges an expectation of the totals of a scenario, or of one of its journeys. */
import type { Json } from "../../lambdas/domain/values/json.ts";
import type { TotalExpectation } from "./journey-test.ts";
import { shown } from "./judge-customer.ts";
import type { Outcome } from "./outcome.ts";
import type { Failure } from "./verdict.ts";

const statuses = ["active", "completed", "exited", "failed"] as const;

export function judgeTotals(expectation: TotalExpectation, place: string, { passages }: Outcome): Failure[] {
  const { journeyId, entered, messages, goals } = expectation;
  const counted = passages.filter((each) => journeyId === undefined || each.journeyId === journeyId);
  const failures: Failure[] = [];
  const compare = (member: string, expected: Json | undefined, came: Json) => {
    if (expected === undefined || expected === came) return;
    const message = `${member}: expected ${shown(expected)}, came ${shown(came)}.`;
    failures.push({ path: `${place}.${member}`, expected, came, message, timeline: [] });
  };
  compare("entered", entered, counted.length);
  for (const status of statuses)
    compare(status, expectation[status], counted.filter(({ ended }) => ended === status).length);
  compare(
    "messages",
    messages,
    counted.reduce((sum, each) => sum + each.messages.length, 0),
  );
  const reached = counted.flatMap((each) => each.goals.map((goalId) => `${each.journeyId}/${goalId}`));
  if (typeof goals === "number") compare("goals", goals, reached.length);
  else
    for (const [goal, expected] of Object.entries(goals ?? {}))
      compare(`goals.${goal}`, expected, reached.filter((each) => each === goalIn(goal, journeyId)).length);
  return failures;
}

/** A goal of totals of one journey may be named without the journey. */
const goalIn = (goal: string, journeyId: string | undefined) =>
  journeyId === undefined || goal.includes("/") ? goal : `${journeyId}/${goal}`;
