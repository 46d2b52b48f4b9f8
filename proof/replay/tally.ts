/** The sums of many replays: counts under names, so that the results of many cores can be added. */
import { own } from "../../lambdas/domain/values/json.ts";
import type { CustomerLine } from "../../simulator/timeline.ts";

/** Counts by journey, then by name: `entered`, `messages`, `exited bought`, `goal purchase` … */
export interface Tally {
  readonly journeys: Record<string, Record<string, number>>;
  /** Messages by the hour in which they were sent, such as `2026-01-05T10`. */
  readonly hours: Record<string, number>;
  /** The number of customers who entered a journey, and the number of customers who were sent a message. */
  entered: number;
  writtenTo: number;
  /** The number of messages whose reports were assumed. */
  assumed: number;
  dollars: number;
  /** Messages whose price is not known, by item of the bill. Their dollars are missing. */
  readonly unpriced: Record<string, number>;
}

export const emptyTally = (): Tally => ({
  journeys: {},
  hours: {},
  entered: 0,
  writtenTo: 0,
  assumed: 0,
  dollars: 0,
  unpriced: {},
});

/** Adds one customer's passage. */
export function countPassage(lines: readonly CustomerLine[], tally: Tally): void {
  for (const line of lines) {
    for (const name of namesOf(line)) count(name, journeyIn(line.journeyId, tally));
    if (line.kind === "message") count(line.at.slice(0, 13), tally.hours);
  }
  if (lines.some(({ kind }) => kind === "entered")) tally.entered++;
  if (lines.some(({ kind }) => kind === "message")) tally.writtenTo++;
}

export function addTally(sum: Tally, more: Tally): void {
  for (const [journeyId, counts] of Object.entries(more.journeys))
    for (const [name, number] of Object.entries(counts)) count(name, journeyIn(journeyId, sum), number);
  for (const [hour, number] of Object.entries(more.hours)) count(hour, sum.hours, number);
  sum.entered += more.entered;
  sum.writtenTo += more.writtenTo;
  sum.assumed += more.assumed;
  sum.dollars += more.dollars;
  for (const [item, number] of Object.entries(more.unpriced)) count(item, sum.unpriced, number);
}

function namesOf(line: CustomerLine): string[] {
  switch (line.kind) {
    case "not-entered":
      return [`refused ${line.reason}`];
    case "message":
      return ["messages", `message ${line.componentId}`];
    case "goal":
      return [`goal ${line.goalId}`];
    case "exited":
      return ["exited", `exited ${line.reason}`];
    case "failed":
      return ["failed", `failed ${line.reason}`];
    case "component":
      return line.outcome === "skipped" && line.reason !== undefined ? [`skipped ${line.reason}`] : [];
    case "entered":
    case "completed":
      return [line.kind];
  }
}

function journeyIn(journeyId: string, { journeys }: Pick<Tally, "journeys">): Record<string, number> {
  const known = own(journeys, journeyId);
  if (known) return known;
  const counts: Record<string, number> = {};
  journeys[journeyId] = counts;
  return counts;
}

function count(name: string, counts: Record<string, number>, number = 1): void {
  counts[name] = (own(counts, name) ?? 0) + number;
}
