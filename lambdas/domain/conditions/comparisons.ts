/**
 * The tests behind the operators of a condition. Each function takes the condition's value and returns a test of the
 * field. Whatever depends on the value alone, such as its type, is decided once, when the condition is compiled.
 */

import { durationMilliseconds, type Time, toMilliseconds, toMoment } from "../time/time.ts";
import { type Json, same } from "../values/json.ts";

export type Test = (field: Json | undefined, now: Time) => boolean;

export const equals = (value: Json): Test =>
  typeof value === "object" ? (field) => same(field, value) : (field) => field === value;

/** Texts, numbers and booleans are looked up in a set. Lists and objects are compared one by one, by content. */
export function oneOf(values: readonly Json[]): Test {
  const plain: ReadonlySet<Json | undefined> = new Set(values.filter((value) => typeof value !== "object"));
  const others = values.filter((value) => typeof value === "object");
  if (others.length === 0) return (field) => plain.has(field);
  return (field) => (typeof field === "object" ? others.some((value) => same(field, value)) : plain.has(field));
}

export const exists = (): Test => (field) => field !== undefined && field !== null;

/** True for a text that contains the value, and for a list that has the value as an item. */
export function contains(value: Json): Test {
  if (typeof value === "string")
    return (field) =>
      typeof field === "string" ? field.includes(value) : Array.isArray(field) && field.includes(value);
  if (typeof value !== "object") return (field) => Array.isArray(field) && field.includes(value);
  return (field) => Array.isArray(field) && field.some((item) => same(item, value));
}

/** Compares the field as a time, in milliseconds. A text that is not an RFC 3339 time has another type, so the test is false. */
const moment =
  (compare: (field: number, now: number) => boolean): Test =>
  (field, now) => {
    const found = toMoment(field);
    return found !== undefined && compare(found, toMilliseconds(now));
  };

/** The length of a time in UTC with milliseconds. A time with an offset is always longer. */
const LONGEST_UTC = 24;

/** Two times in UTC of equal length sort as text. When the text order already makes the test false, no time is parsed. */
const compared = (side: "before" | "after") => (value: string) => {
  const at = toMoment(value) ?? Number.NaN;
  const length = value.length <= LONGEST_UTC && value === value.toUpperCase() ? value.length : Number.NaN;
  const before = side === "before";
  return ((field) => {
    const comparable = typeof field === "string" && field.length === length && field.endsWith("Z");
    if (comparable && field[10] === "T" && (before ? field >= value : field <= value)) return false;
    const found = toMoment(field);
    return found !== undefined && (before ? found < at : found > at);
  }) satisfies Test;
};

const lasting = (compare: (field: number, now: number, length: number) => boolean) => (duration: string) => {
  const length = durationMilliseconds(duration);
  return moment((field, now) => compare(field, now, length));
};

/** Between two numbers or two RFC 3339 times. Both ends are included. */
export function between([least, most]: readonly [number, number] | readonly [string, string]): Test {
  if (typeof least === "number" && typeof most === "number")
    return (field) => typeof field === "number" && field >= least && field <= most;
  const [first, last] = [toMoment(least) ?? Number.NaN, toMoment(most) ?? Number.NaN];
  return (field) => {
    const found = toMoment(field);
    return found !== undefined && found >= first && found <= last;
  };
}

const number = (compare: (field: number, value: number) => boolean) => (value: number) =>
  ((field) => typeof field === "number" && compare(field, value)) satisfies Test;

export const greaterThan = number((field, value) => field > value);
export const greaterThanOrEquals = number((field, value) => field >= value);
export const lessThan = number((field, value) => field < value);
export const lessThanOrEquals = number((field, value) => field <= value);

const text = (compare: (field: string, value: string) => boolean) => (value: string) =>
  ((field) => typeof field === "string" && compare(field, value)) satisfies Test;

export const startsWith = text((field, value) => field.startsWith(value));
export const endsWith = text((field, value) => field.endsWith(value));

export const before = compared("before");
export const after = compared("after");

export const withinLast = lasting((field, now, length) => field <= now && field >= now - length);
export const olderThan = lasting((field, now, length) => field < now - length);
export const withinNext = lasting((field, now, length) => field >= now && field <= now + length);
export const inPast = () => moment((field, now) => field < now);
export const inFuture = () => moment((field, now) => field > now);
