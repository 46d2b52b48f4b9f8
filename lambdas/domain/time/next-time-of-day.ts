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
  return nextTimeByDay((day) => (days && !days.includes(day) ? undefined : time), zone, now);
}

/**
 * As `nextTimeOfDay`, but with a time for each weekday. `undefined`: no time on that day. At least one weekday must
 * have a time.
 */
export function nextTimeByDay(timeOn: (day: Weekday) => string | undefined, zone: string, now: Time): Time {
  return firstAfter(now, zone, (date) => {
    const time = timeOn(dayOf(date));
    return time === undefined ? [] : [date.toZonedDateTime({ timeZone: zone, plainTime: time })];
  });
}

/**
 * The first moment after `now` at which clocks in the zone show `time`, also for the second time on one day. Quiet hours
 * that end in the hour that occurs twice end twice.
 */
export function nextClockTime(time: string, zone: string, now: Time): Time {
  return firstAfter(now, zone, (date) => {
    const local = date.toPlainDateTime(time);
    return [local.toZonedDateTime(zone), local.toZonedDateTime(zone, { disambiguation: "later" })];
  });
}

/** Tries one day after the other. A moment after the year 9999 becomes the last moment of 9999. */
function firstAfter(
  now: Time,
  zone: string,
  moments: (date: Temporal.PlainDate) => readonly Temporal.ZonedDateTime[],
): Time {
  const at = toMilliseconds(now);
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  for (let ahead = 0; ; ahead++)
    for (const { epochMilliseconds } of moments(start.add({ days: ahead })))
      if (epochMilliseconds > at) return fromMilliseconds(epochMilliseconds);
}

const dayOf = ({ dayOfWeek }: { dayOfWeek: number }) => weekdays[dayOfWeek - 1] as Weekday;

/** The present day in the zone. */
export function weekdayAt(now: Time, zone: string): Weekday {
  return dayOf(Temporal.Instant.fromEpochMilliseconds(toMilliseconds(now)).toZonedDateTimeISO(zone));
}

/** The time of day that clocks in the zone show, such as 09:05. */
export function timeOfDayAt(now: Time, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(toMilliseconds(now)).toZonedDateTimeISO(zone);
  return local.toPlainTime().toString({ smallestUnit: "minute" });
}
