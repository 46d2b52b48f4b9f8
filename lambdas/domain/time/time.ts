/**
 * Moments and durations, as text in one canonical form.
 *
 * A `Time` is RFC 3339 in UTC with exactly three decimals. Therefore text order is time order everywhere: in code, in
 * DynamoDB sort keys and for a person who reads an item. A day has 24 hours and a week 7 days. Calendar days need a time
 * zone (`next-time-of-day.ts`, `read-time.ts`).
 */
import { readRfc3339 } from "./rfc-3339.ts";

export type Time = string;

export const EPOCH: Time = "1970-01-01T00:00:00.000Z";

const DURATION = /^([+-])?P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** The canonical form of an RFC 3339 text; `undefined` for any other value, such as a date without a time of day. */
export function toTime(text: unknown): Time | undefined {
  const moment = toMoment(text);
  return moment === undefined ? undefined : fromMilliseconds(moment);
}

/** The same moment in milliseconds, for comparisons. */
export function toMoment(text: unknown): number | undefined {
  const moment = typeof text === "string" ? readRfc3339(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

/** 9999-12-31T23:59:59.999Z and the first moment of the year 0: only times between them sort as text. */
export const LATEST = 253_402_300_799_999;
const EARLIEST = -62_167_219_200_000;

/** A moment outside the years 0 to 9999 becomes the first or the last moment inside. */
export function fromMilliseconds(milliseconds: number): Time {
  return new Date(Math.max(EARLIEST, Math.min(milliseconds, LATEST))).toISOString();
}

/** Earlier releases stored moments past the year 9999 as +010000-… */
export function toMilliseconds(time: Time): number {
  return time.startsWith("+") ? LATEST : readRfc3339(time);
}

/** True for an ISO 8601 duration without years and months, with or without a sign. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** The length of a duration in milliseconds; negative after a minus sign. */
export function durationMilliseconds(duration: string): number {
  const [, sign, ...amounts] = DURATION.exec(duration) ?? [];
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = amounts.map((amount) => Number(amount ?? 0));
  const magnitude = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + Math.round(seconds * 1000);
  return sign === "-" ? -magnitude : magnitude;
}

const lengths = new Map<string, number>();

/**
 * The moment that comes a duration after another moment. The lengths are cached, because journeys use few different
 * durations.
 */
export function plus(time: Time, duration: string): Time {
  let length = lengths.get(duration);
  if (length === undefined) {
    length = durationMilliseconds(duration);
    if (lengths.size < 10_000) lengths.set(duration, length);
  }
  return fromMilliseconds(toMilliseconds(time) + length);
}

export function minus(time: Time, duration: string): Time {
  return plus(time, duration.startsWith("-") ? duration.slice(1) : `-${duration.replace(/^\+/, "")}`);
}

/** The last moment before another: events after it include the events at that other moment. */
export function justBefore(time: Time): Time {
  return fromMilliseconds(toMilliseconds(time) - 1);
}

export function later(a: Time, b: Time): Time {
  return a > b ? a : b;
}
