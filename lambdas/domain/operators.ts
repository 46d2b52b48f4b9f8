/**
 * The operators of a field condition, as a table. A new operator is one row here, one in `condition.ts` (what its
 * value looks like) and its rows in the test table; nothing else names operators.
 *
 * A negative operator is the exact opposite of its positive one: its row is the positive's, and who asks turns the
 * answer round (`negatives`). So two types that cannot be compared make the positive form false and the negative form
 * true; a field that is missing, or `null`, does the same.
 *
 * What depends on the value alone, its type above all, is decided once, when a condition is compiled.
 */
import { type Json, same } from "./json.ts";
import { durationMilliseconds, type Time, toMilliseconds, toMoment } from "./time.ts";

export type Test = (field: Json | undefined, now: Time) => boolean;
type Operator = (value: never) => Test;

const equals = (value: Json): Test =>
  typeof value === "object" ? (field) => same(field, value) : (field) => field === value;

/** Texts, numbers and booleans are looked up; only what has content of its own is compared one by one. */
function oneOf(values: readonly Json[]): Test {
  const plain: ReadonlySet<Json | undefined> = new Set(values.filter((value) => typeof value !== "object"));
  const others = values.filter((value) => typeof value === "object");
  if (others.length === 0) return (field) => plain.has(field);
  return (field) => (typeof field === "object" ? others.some((value) => same(field, value)) : plain.has(field));
}

const exists = (): Test => (field) => field !== undefined && field !== null;

/** A text within a text, or an item of a list. */
function contains(value: Json): Test {
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
  notEquals: equals,
  oneOf,
  notOneOf: oneOf,
  greaterThan: (value: number) => (field) => typeof field === "number" && field > value,
  greaterThanOrEquals: (value: number) => (field) => typeof field === "number" && field >= value,
  lessThan: (value: number) => (field) => typeof field === "number" && field < value,
  lessThanOrEquals: (value: number) => (field) => typeof field === "number" && field <= value,
  between,
  contains,
  notContains: contains,
  startsWith: (value: string) => (field) => typeof field === "string" && field.startsWith(value),
  endsWith: (value: string) => (field) => typeof field === "string" && field.endsWith(value),
  exists,
  notExists: exists,
  before: compared("before"),
  after: compared("after"),
  withinLast: lasting((field, now, length) => field <= now && field >= now - length),
  olderThan: lasting((field, now, length) => field < now - length),
  withinNext: lasting((field, now, length) => field >= now && field <= now + length),
  inPast: () => moment((field, now) => field < now),
  inFuture: () => moment((field, now) => field > now),
} satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

/** Those that hold exactly where their row in the table does not. */
export const negatives: ReadonlySet<OperatorName> = new Set<OperatorName>([
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
