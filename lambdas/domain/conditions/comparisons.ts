/**
 * The tests behind the operators of a condition. Each function takes the condition's value and returns a test of the
 * field. A decision that depends on the value alone, such as its type, is made once, when the condition is compiled.
 */

import { readTime } from "../time/read-time.ts";
import { durationMilliseconds, fromMilliseconds, type Time, toMilliseconds, toMoment } from "../time/time.ts";
import { isTimezone } from "../time/time-zone.ts";
import { type Json, type JsonObject, same } from "../values/json.ts";

/** The facts that a test needs besides the field. */
export interface TestFacts {
  readonly now: Time;
  readonly customer: JsonObject;
  readonly timezone?: string | undefined;
}

export type Test = (field: Json | undefined, facts: TestFacts) => boolean;

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

const DATE_LENGTH = 10;

/** The time in a field, in milliseconds. A date is in the customer's zone, else in the journey's, else in UTC. */
function timeIn(field: Json | undefined, facts: TestFacts): number | undefined {
  if (typeof field !== "string") return readTime(field, "UTC");
  if (field.length === DATE_LENGTH) return midnight(field, zoneIn(facts));
  return toMoment(field) ?? readTime(field, "UTC");
}

const midnights = new Map<string, number | undefined>();

/** `readTime` of a date. Results are kept, because finding the midnight of a zone takes some microseconds. */
function midnight(date: string, zone: string): number | undefined {
  const name = `${date} ${zone}`;
  const known = midnights.get(name);
  if (known !== undefined) return known;
  const found = readTime(date, zone);
  if (midnights.size < 10_000) midnights.set(name, found);
  return found;
}

function zoneIn({ customer, timezone = "UTC" }: TestFacts): string {
  const own = customer.timezone;
  return typeof own === "string" && isTimezone(own) ? own : timezone;
}

/** Compares the field as a time with now. A value that is not a time has another type, so the test is false. */
const moment =
  (compare: (field: number, now: number) => boolean): Test =>
  (field, facts) => {
    const found = timeIn(field, facts);
    return found !== undefined && compare(found, toMilliseconds(facts.now));
  };

/** The length of a time in UTC with milliseconds. A time with an offset is always longer. */
const LONGEST_UTC = 24;

/** Two times in UTC of equal length sort as text. When the text order already makes the test false, no time is parsed. */
const compared = (side: "before" | "after") => (value: string) => {
  const at = toMoment(value) ?? Number.NaN;
  const length = value.length <= LONGEST_UTC && value === value.toUpperCase() ? value.length : Number.NaN;
  const before = side === "before";
  return ((field, facts) => {
    const comparable = typeof field === "string" && field.length === length && field.endsWith("Z");
    if (comparable && field[10] === "T" && (before ? field >= value : field <= value)) return false;
    const found = timeIn(field, facts);
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

/** A value that a condition reads from a path, as the operator's own kind of value; `undefined` for another type. */
export type Operand = (value: Json, facts: TestFacts) => Json | undefined;

export const anyOperand: Operand = (value) => value;
export const numberOperand: Operand = (value) => (typeof value === "number" ? value : undefined);
export const textOperand: Operand = (value) => (typeof value === "string" ? value : undefined);
export const timeOperand: Operand = (value, facts) => {
  const found = timeIn(value, facts);
  return found === undefined ? undefined : fromMilliseconds(found);
};
