/** When the next audience runs of a journey start, for people. */
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { nextOccurrences, type Occurrence } from "../../lambdas/domain/schedule/occurrence.ts";
import { fromMilliseconds, type Time } from "../../lambdas/domain/time/time.ts";

const SHOWN = 3;

export interface NextRun {
  /** When the run starts. */
  readonly at: Time;
  readonly text: string;
}

/** At most three runs; none for a journey without schedule and date. */
export function nextRuns(journey: Journey, now: Time): NextRun[] {
  return nextOccurrences(journey, now, SHOWN).map((occurrence) => ({
    at: occurrence.at,
    text: textOf(occurrence, journey),
  }));
}

/**
 * When the time is in each customer's own zone, the run starts before the time comes in the first zone, and each
 * customer waits until it comes in their zone.
 */
function textOf({ at, local }: Occurrence, { trigger }: Journey): string {
  if (local === undefined) return `${minutes(at)} UTC`;
  const theirs = fromMilliseconds(local);
  return trigger.date ? `for the day ${theirs.slice(0, 10)}` : `${minutes(theirs)} on each customer's clock`;
}

const minutes = (time: Time) => time.slice(0, 16).replace("T", " ");
