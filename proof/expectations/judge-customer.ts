/** Judges an expectation of a customer. */
import { toTime } from "../../lambdas/domain/time/time.ts";
import type { Json, JsonObject } from "../../lambdas/domain/values/json.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import type { CustomerExpectation } from "./journey-test.ts";
import type { Outcome } from "./outcome.ts";
import type { Passage } from "./passages.ts";
import type { Failure } from "./verdict.ts";

interface Difference {
  readonly member: string;
  readonly expected: Json;
  readonly came: Json;
  readonly differsAt?: TimelineLine | undefined;
}

/** The members that look at one enrollment. */
export const ofEnrollment = ["path", "outcomes", "messages", "at", "ended", "reason", "goals"] as const;

export function judgeCustomer(
  expectation: CustomerExpectation,
  { place, journeyId, passage }: { place: string; journeyId: string; passage: Passage | undefined },
  { lines, passages, tags }: Outcome,
): Failure[] {
  const { customerId, entered, notEntered, enrollment = 1 } = expectation;
  const ofJourney = lines
    .filter((line) => "customerId" in line)
    .filter((line) => line.customerId === customerId && line.journeyId === journeyId);
  const inside = passages.filter((each) => each.customerId === customerId && each.journeyId === journeyId);
  const refusals = ofJourney.filter((line) => line.kind === "not-entered");
  const differences: Difference[] = [];
  const compare = (member: string, expected: Json | undefined, came: Json, differsAt?: TimelineLine) => {
    if (expected !== undefined && !equal(expected, came)) differences.push({ member, expected, came, differsAt });
  };
  compare("entered", entered, inside.length, inside[entered ?? 0]?.visits[0]?.line);
  if (notEntered !== undefined && !refusals.some(({ reason }) => reason === notEntered))
    differences.push({
      member: "notEntered",
      expected: notEntered,
      came: refusals.length > 0 ? refusals.map(({ reason }) => reason) : inside.length > 0 ? "entered" : "no event",
      differsAt: refusals[0] ?? ofJourney[0],
    });
  const { tags: expectedTags } = expectation;
  compare("tags", expectedTags && [...new Set(expectedTags)].sort(), [...(tags[customerId] ?? [])].sort());
  if (passage) differences.push(...inPassage(expectation, passage));
  else if (ofEnrollment.some((member) => expectation[member] !== undefined)) {
    const why = [...new Set(refusals.map(({ reason }) => reason))];
    const came =
      inside.length > 0
        ? `entered ${inside.length}×`
        : why.length > 0
          ? `did not enter: ${why.join(", ")}`
          : "did not enter";
    differences.push({ member: "enrollment", expected: enrollment, came, differsAt: refusals[0] });
  }
  return differences.map(({ member, expected, came, differsAt }) => ({
    path: `${place}.${member}`,
    expected,
    came,
    message: `${customerId}, ${member}: expected ${shown(expected)}, came ${shown(came)}.`,
    timeline: ofJourney,
    ...(differsAt && { differsAt }),
  }));
}

function inPassage(expectation: CustomerExpectation, passage: Passage): Difference[] {
  const { path, outcomes = {}, messages, at = {}, ended, reason, goals } = expectation;
  const { visits, last } = passage;
  const found: Difference[] = [];
  const add = (member: string, expected: Json, came: Json, differsAt?: TimelineLine) =>
    found.push({ member, expected, came, differsAt });

  const visited = visits.map(({ componentId }) => componentId);
  if (path && !equal(path, visited)) add("path", path, visited, visits[firstDifference(path, visited)]?.line ?? last);

  for (const [componentId, expected] of Object.entries(outcomes)) {
    const visit = visits.findLast((each) => each.componentId === componentId);
    const came = visit ? (visit.outcome ?? "exited") : "not reached";
    if (came !== expected) add(`outcomes.${componentId}`, expected, came, visit?.line ?? last);
  }

  const sent = passage.messages.map(({ componentId }) => componentId);
  if (Array.isArray(messages)) {
    if (!equal(messages, sent))
      add("messages", messages, sent, passage.messages[firstDifference(messages, sent)]?.line ?? last);
  } else if (messages) {
    const { include = [], exclude = [] } = messages;
    const missing = include.filter((componentId) => !sent.includes(componentId));
    const unwanted = exclude.filter((componentId) => sent.includes(componentId));
    if (missing.length > 0) add("messages.include", include, sent, last);
    if (unwanted.length > 0)
      add(
        "messages.exclude",
        exclude,
        sent,
        passage.messages.find((each) => unwanted.includes(each.componentId))?.line,
      );
  }

  for (const [componentId, expected] of Object.entries(at)) {
    const first =
      passage.messages.find((each) => each.componentId === componentId) ??
      visits.find((each) => each.componentId === componentId);
    const time = toTime(expected) ?? expected;
    if (first?.at !== time) add(`at.${componentId}`, time, first?.at ?? "not reached", first?.line ?? last);
  }

  if (ended !== undefined && ended !== passage.ended) add("ended", ended, passage.ended, last);
  if (reason !== undefined && reason !== passage.reason) add("reason", reason, passage.reason ?? passage.ended, last);
  if (goals && !equal(goals, passage.goals)) add("goals", goals, passage.goals, last);
  return found;
}

function firstDifference(expected: readonly string[], came: readonly string[]): number {
  const index = came.findIndex((each, place) => each !== expected[place]);
  return index === -1 ? came.length : index;
}

function equal(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function shown(value: Json): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length > 0 ? value.map(String).join(", ") : "none";
  return JSON.stringify(value satisfies Json | JsonObject);
}
