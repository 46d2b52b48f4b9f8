/** Finds the next time of day in a time zone. Clock changes make this more than arithmetic. */
import { Temporal } from "temporal-polyfill";
import { fromMilliseconds, type Time, toMilliseconds } from "./time.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * The first moment after `now` at which clocks in the zone show `time` on one of the weekdays.
 * A time that daylight saving skips moves forward by the length of the gap. A time that occurs twice means its first
 * occurrence (Temporal's "compatible", RFC 5545 §3.3.5).
 */
export function nextTimeOfDay(time: string, days: readonly Weekday[] | undefined, zone: string, now: Time): Time {
  const start = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(now)).toZonedDateTimeISO(zone).toPlainDate();
  for (let ahead = 0; ; ahead++) {
    const date = start.add({ days: ahead });
    if (days && !days.includes(weekdays[date.dayOfWeek - 1] as Weekday)) continue;
    const moment = fromMilliseconds(date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds);
    if (moment > now) return moment;
  }
}

/** The time of day that clocks in the zone show, such as 09:05. */
export function timeOfDayAt(now: Time, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(now)).toZonedDateTimeISO(zone);
  return local.toPlainTime().toString({ smallestUnit: "minute" });
}
