/** Judges all expectations of a journey test. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { didYouMean } from "../../lambdas/domain/values/did-you-mean.ts";
import { type CustomerExpectation, type Expectation, isOfCustomer, type TotalExpectation } from "./journey-test.ts";
import { judgeCustomer, ofEnrollment } from "./judge-customer.ts";
import { judgeTotals } from "./judge-totals.ts";
import type { Outcome } from "./outcome.ts";
import type { Failure, Verdict } from "./verdict.ts";

export function judge(expectations: readonly Expectation[], outcome: Outcome): Verdict {
  const verdicts = expectations.map((expectation, index) => {
    const place = `expect[${index}]`;
    return isOfCustomer(expectation) ? ofCustomer(expectation, place, outcome) : ofTotals(expectation, place, outcome);
  });
  return {
    failures: verdicts.flatMap(({ failures }) => failures),
    problems: verdicts.flatMap(({ problems }) => problems),
  };
}

function ofCustomer(expectation: CustomerExpectation, place: string, outcome: Outcome): Verdict {
  const { customerId, enrollment } = expectation;
  const { journeys, customers, passages } = outcome;
  const problems: Problem[] = [];
  if (!customers.has(customerId)) problems.push(unknown("customer", customerId, `${place}.customerId`, customers));
  const journeyId = expectation.journeyId ?? (journeys.size === 1 ? [...journeys.keys()][0] : undefined);
  if (journeyId === undefined) {
    const message = `The scenario has ${journeys.size} journeys. Add "journeyId" to say which of them is meant.`;
    return { failures: [], problems: [...problems, { path: `${place}.journeyId`, code: "missing-member", message }] };
  }
  problems.push(...unknownNames(expectation, journeyId, place, outcome));
  const mine = passages.filter((each) => each.customerId === customerId && each.journeyId === journeyId);
  if (mine.length > 1 && enrollment === undefined && ofEnrollment.some((member) => expectation[member] !== undefined)) {
    const message = `${customerId} entered ${journeyId} ${mine.length} times. Add "enrollment": 1 for the first enrollment, 2 for the second, and so on.`;
    problems.push({ path: `${place}.enrollment`, code: "ambiguous-enrollment", message });
  }
  if (problems.length > 0) return { failures: [], problems };
  const passage = mine[(enrollment ?? 1) - 1];
  return { failures: judgeCustomer(expectation, { place, journeyId, passage }, outcome), problems };
}

function ofTotals(expectation: TotalExpectation, place: string, outcome: Outcome): Verdict {
  const { journeyId, goals } = expectation;
  const { journeys } = outcome;
  const problems: Problem[] = [];
  if (journeyId !== undefined && !journeys.has(journeyId))
    problems.push(unknown("journey", journeyId, `${place}.journeyId`, journeys.keys()));
  const all = [...journeys].flatMap(([id, known]) => [...known.goals].map((goal) => `${id}/${goal}`));
  for (const goal of typeof goals === "object" ? Object.keys(goals) : [])
    if (!all.includes(goal) && !(journeyId !== undefined && all.includes(`${journeyId}/${goal}`)))
      problems.push(unknown("goal", goal, `${place}.goals.${goal}`, all));
  const failures: Failure[] = problems.length > 0 ? [] : judgeTotals(expectation, place, outcome);
  return { failures, problems };
}

function unknownNames(expectation: CustomerExpectation, journeyId: string, place: string, outcome: Outcome): Problem[] {
  const known = outcome.journeys.get(journeyId);
  if (!known) return [unknown("journey", journeyId, `${place}.journeyId`, outcome.journeys.keys())];
  const { path = [], outcomes = {}, at = {}, messages = [], goals = [] } = expectation;
  const listed = (name: string, ids: readonly string[]) =>
    ids.map((id, index): [string, string] => [`${name}[${index}]`, id]);
  const named: [string, string][] = [
    ...listed("path", path),
    ...Object.keys(outcomes).map((id): [string, string] => [`outcomes.${id}`, id]),
    ...Object.keys(at).map((id): [string, string] => [`at.${id}`, id]),
    ...("include" in messages || "exclude" in messages
      ? [...listed("messages.include", messages.include ?? []), ...listed("messages.exclude", messages.exclude ?? [])]
      : listed("messages", messages as readonly string[])),
  ];
  return [
    ...named
      .filter(([, id]) => !known.components.has(id))
      .map(([member, id]) => unknown("component", id, `${place}.${member}`, known.components)),
    ...listed("goals", goals)
      .filter(([, id]) => !known.goals.has(id))
      .map(([member, id]) => unknown("goal", id, `${place}.${member}`, known.goals)),
  ];
}

function unknown(what: string, name: string, path: string, known: Iterable<string>): Problem {
  return {
    path,
    code: `unknown-${what}`,
    message: `There is no ${what} "${name}" in the scenario.${didYouMean(name, [...known])}`,
  };
}
