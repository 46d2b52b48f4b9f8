/**
 * When the audience runs of a journey start. A time that daylight saving skips moves forward by the length of the gap,
 * and a time that occurs twice means its first occurrence: `localTime` decides both.
 */
import type { Journey } from "../journey/journey.ts";
import type { Schedule } from "../journey/trigger.ts";
import { clocksAt, localTime } from "../time/local-time.ts";
import { fromMilliseconds, type Time, toMilliseconds, toMoment } from "../time/time.ts";
import { localOccurrences, localOf } from "./local-occurrences.ts";

export interface Occurrence {
  /** When the run starts. */
  readonly at: Time;
  /**
   * For a schedule in the customers' zones: the time on their clocks. For a date: midnight of the day. The time is
   * given as milliseconds of the same date and time in UTC. Absent when the run's start is the same moment for all
   * customers.
   */
  readonly local?: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Clocks in Kiribati show a date and time before all others. */
const FIRST_ZONE = "Pacific/Kiritimati";

/**
 * A run of a date trigger starts this long before the day begins in the first zone, so that the run is ready for 00:00.
 */
const AHEAD = HOUR;

/**
 * The first occurrence after a moment; `undefined` when there is none. A journey without schedule and date has no
 * occurrence.
 */
export function nextOccurrence(
  { trigger, timezone }: Pick<Journey, "trigger" | "timezone">,
  after: Time,
): Occurrence | undefined {
  const { schedule, date } = trigger;
  if (schedule) return scheduled(schedule, timezone, after);
  if (!date) return undefined;
  const day = Math.floor((toMilliseconds(after) + AHEAD + 14 * HOUR) / DAY) * DAY + DAY;
  return { at: fromMilliseconds(localTime(day, FIRST_ZONE) - AHEAD), local: day };
}

/** At most `count` occurrences after a moment. */
export function nextOccurrences(journey: Journey, after: Time, count: number): Occurrence[] {
  const found: Occurrence[] = [];
  let last: Occurrence | undefined;
  while (found.length < count) {
    last = nextOccurrence(journey, last?.at ?? after);
    if (!last) break;
    found.push(last);
  }
  return found;
}

function scheduled(schedule: Schedule, journeyZone: string | undefined, after: Time): Occurrence | undefined {
  const start = toMilliseconds(after);
  if ("at" in schedule && localOf(schedule.at) === undefined) {
    const moment = toMoment(schedule.at);
    return moment !== undefined && moment > start ? { at: fromMilliseconds(moment) } : undefined;
  }
  const byCustomer = schedule.timezone === "customer";
  const zone = byCustomer ? FIRST_ZONE : (schedule.timezone ?? journeyZone ?? "UTC");
  const clocks = clocksAt(start, zone);
  // A local time that the clocks have skipped is still to come for as long as the gap.
  const gap = Math.max(0, clocks - clocksAt(start - DAY, zone) - DAY);
  let next: { readonly moment: number; readonly local: number } | undefined;
  for (const local of localOccurrences(schedule, clocks - gap)) {
    // A skipped local time comes later than some of those after it.
    if (next && local >= clocksAt(next.moment, zone)) break;
    const moment = localTime(local, zone);
    if (moment > start && (!next || moment < next.moment)) next = { moment, local };
  }
  return next && { at: fromMilliseconds(next.moment), ...(byCustomer && { local: next.local }) };
}
