/**
 * The operators of a field condition, as a table. A new operator is one row here, one in `condition.ts` (what its
 * value looks like) and its rows in the test table; nothing else names operators.
 *
 * `field` is never absent here: what an operator says of a missing field is decided once, by `trueWhenMissing`.
 * A negative operator is the exact opposite of its positive one, so that two types that cannot be compared make the
 * positive form false and the negative form true.
 */
import { type Json, same } from "./json.ts";
import { durationMilliseconds, type Time, toMilliseconds, toMoment } from "./time.ts";

export type Test = (field: Json, now: Time) => boolean;
type Operator = (value: never) => Test;

const not =
  (operator: (value: never) => Test): Operator =>
  (value) => {
    const test = operator(value);
    return (field, now) => !test(field, now);
  };

const equals = (value: Json): Test =>
  typeof value === "object" ? (field) => same(field, value) : (field) => field === value;

/** Texts, numbers and booleans are looked up; only what has content of its own is compared one by one. */
function oneOf(values: readonly Json[]): Test {
  const plain = new Set(values.filter((value) => typeof value !== "object"));
  const others = values.filter((value) => typeof value === "object");
  return (field) => (typeof field === "object" ? others.some((value) => same(field, value)) : plain.has(field));
}

const number =
  (holds: (field: number, value: number) => boolean) =>
  (value: number): Test =>
  (field) =>
    typeof field === "number" && holds(field, value);

const text =
  (holds: (field: string, value: string) => boolean) =>
  (value: string): Test =>
  (field) =>
    typeof field === "string" && holds(field, value);

const contains =
  (value: Json): Test =>
  (field) =>
    typeof field === "string"
      ? typeof value === "string" && field.includes(value)
      : Array.isArray(field) && field.some((item) => item === value || same(item, value));

/** A comparison of the field as a moment, in milliseconds; a text that is no RFC 3339 time is another type, hence false. */
const moment =
  (holds: (field: number, now: number) => boolean): Test =>
  (field, now) => {
    const found = toMoment(field);
    return found !== undefined && holds(found, toMilliseconds(now));
  };

const compared = (holds: (field: number, value: number) => boolean) => (value: string) => {
  const at = toMoment(value) ?? Number.NaN;
  return ((field) => {
    const found = toMoment(field);
    return found !== undefined && holds(found, at);
  }) satisfies Test;
};

const lasting = (holds: (field: number, now: number, length: number) => boolean) => (duration: string) => {
  const length = durationMilliseconds(duration);
  return moment((field, now) => holds(field, now, length));
};

/** Two numbers, or two RFC 3339 times; both ends are included. */
function between([least, most]: readonly [number, number] | readonly [string, string]): Test {
  if (typeof least === "number" && typeof most === "number")
    return (field) => typeof field === "number" && field >= least && field <= most;
  const [first, last] = [toMoment(least) ?? Number.NaN, toMoment(most) ?? Number.NaN];
  return (field) => {
    const found = toMoment(field);
    return found !== undefined && found >= first && found <= last;
  };
}

export const operators = {
  equals,
  notEquals: not(equals),
  oneOf,
  notOneOf: not(oneOf),
  greaterThan: number((field, value) => field > value),
  greaterThanOrEquals: number((field, value) => field >= value),
  lessThan: number((field, value) => field < value),
  lessThanOrEquals: number((field, value) => field <= value),
  between,
  contains,
  notContains: not(contains),
  startsWith: text((field, value) => field.startsWith(value)),
  endsWith: text((field, value) => field.endsWith(value)),
  exists: () => () => true,
  notExists: () => () => false,
  before: compared((field, value) => field < value),
  after: compared((field, value) => field > value),
  withinLast: lasting((field, now, length) => field <= now && field >= now - length),
  olderThan: lasting((field, now, length) => field < now - length),
  withinNext: lasting((field, now, length) => field >= now && field <= now + length),
  inPast: () => moment((field, now) => field < now),
  inFuture: () => moment((field, now) => field > now),
} satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

export const trueWhenMissing: ReadonlySet<OperatorName> = new Set<OperatorName>([
  "notExists",
  "notEquals",
  "notOneOf",
  "notContains",
]);

/** Operators that become true or false by the clock alone: nothing would wake a rule that waits for them. */
export const clockOperators: ReadonlySet<OperatorName> = new Set<OperatorName>([
  "withinLast",
  "olderThan",
  "withinNext",
  "inFuture",
  "inPast",
]);
