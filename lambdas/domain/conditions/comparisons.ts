/**
 * What the operators of a condition test, each as a function of the value that gives a test of the field. What depends
 * on the value alone, its type above all, is decided once, when a condition is compiled.
 */

import { durationMilliseconds, type Time, toMilliseconds, toMoment } from "../time/time.ts";
import { type Json, same } from "../values/json.ts";

export type Test = (field: Json | undefined, now: Time) => boolean;

export const equals = (value: Json): Test =>
  typeof value === "object" ? (field) => same(field, value) : (field) => field === value;

/** Texts, numbers and booleans are looked up; only what has content of its own is compared one by one. */
export function oneOf(values: readonly Json[]): Test {
  const plain: ReadonlySet<Json | undefined> = new Set(values.filter((value) => typeof value !== "object"));
  const others = values.filter((value) => typeof value === "object");
  if (others.length === 0) return (field) => plain.has(field);
  return (field) => (typeof field === "object" ? others.some((value) => same(field, value)) : plain.has(field));
}

export const exists = (): Test => (field) => field !== undefined && field !== null;

/** A text within a text, or an item of a list. */
export function contains(value: Json): Test {
  if (typeof value === "string")
    return (field) =>
      typeof field === "string" ? field.includes(value) : Array.isArray(field) && field.includes(value);
  if (typeof value !== "object") return (field) => Array.isArray(field) && field.includes(value);
  return (field) => Array.isArray(field) && field.some((item) => same(item, value));
}

/** A comparison of the field as a moment, in milliseconds; a text that is no RFC 3339 time is another type, hence false. */
const moment =
  (holds: (field: number, now: number) => boolean): Test =>
  (field, now) => {
    const found = toMoment(field);
    return found !== undefined && holds(found, toMilliseconds(now));
  };

/** So long at most is a time in UTC to the millisecond; none with an offset is so short. */
const LONGEST_UTC = 24;

/** Of two times in UTC that are as long, the text says which is later: where it says no, neither need be read. */
const compared = (side: "before" | "after") => (value: string) => {
  const at = toMoment(value) ?? Number.NaN;
  const length = value.length <= LONGEST_UTC ? value.length : Number.NaN;
  const before = side === "before";
  return ((field) => {
    if (typeof field === "string" && field.length === length && (before ? field >= value : field <= value))
      return false;
    const found = toMoment(field);
    return found !== undefined && (before ? found < at : found > at);
  }) satisfies Test;
};

const lasting = (holds: (field: number, now: number, length: number) => boolean) => (duration: string) => {
  const length = durationMilliseconds(duration);
  return moment((field, now) => holds(field, now, length));
};

/** Two numbers, or two RFC 3339 times; both ends are included. */
export function between([least, most]: readonly [number, number] | readonly [string, string]): Test {
  if (typeof least === "number" && typeof most === "number")
    return (field) => typeof field === "number" && field >= least && field <= most;
  const [first, last] = [toMoment(least) ?? Number.NaN, toMoment(most) ?? Number.NaN];
  return (field) => {
    const found = toMoment(field);
    return found !== undefined && found >= first && found <= last;
  };
}

const number = (holds: (field: number, value: number) => boolean) => (value: number) =>
  ((field) => typeof field === "number" && holds(field, value)) satisfies Test;

export const greaterThan = number((field, value) => field > value);
export const greaterThanOrEquals = number((field, value) => field >= value);
export const lessThan = number((field, value) => field < value);
export const lessThanOrEquals = number((field, value) => field <= value);

const text = (holds: (field: string, value: string) => boolean) => (value: string) =>
  ((field) => typeof field === "string" && holds(field, value)) satisfies Test;

export const startsWith = text((field, value) => field.startsWith(value));
export const endsWith = text((field, value) => field.endsWith(value));

export const before = compared("before");
export const after = compared("after");

export const withinLast = lasting((field, now, length) => field <= now && field >= now - length);
export const olderThan = lasting((field, now, length) => field < now - length);
export const withinNext = lasting((field, now, length) => field >= now && field <= now + length);
export const inPast = () => moment((field, now) => field < now);
export const inFuture = () => moment((field, now) => field > now);
