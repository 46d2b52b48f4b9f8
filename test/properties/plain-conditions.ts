/** The meaning of conditions in the plainest code, without regard to speed. The tests compare compiled conditions with it. */
import { isDeepStrictEqual } from "node:util";
import type { Condition, FieldCondition } from "../../lambdas/domain/conditions/condition.ts";
import type { Facts } from "../../lambdas/domain/conditions/evaluate.ts";
import { valuePath } from "../../lambdas/domain/conditions/value-path.ts";
import { readTime } from "../../lambdas/domain/time/read-time.ts";
import { durationMilliseconds, toMoment } from "../../lambdas/domain/time/time.ts";
import { isTimezone } from "../../lambdas/domain/time/time-zone.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import { parsePath } from "../../lambdas/domain/values/path.ts";

export function plainly(condition: Condition, facts: Facts): boolean {
  if ("all" in condition) return condition.all.every((part) => plainly(part, facts));
  if ("any" in condition) return condition.any.some((part) => plainly(part, facts));
  if ("not" in condition) return !plainly(condition.not, facts);
  if (!("field" in condition)) throw new Error("Only fields are judged here.");
  const field = found(condition.field, facts);
  const compared = valuePath(condition);
  if (compared === undefined) return fieldHolds(condition, field, facts);
  const value = found(compared, facts) ?? undefined;
  const isNegative = condition.operator.startsWith("not");
  if (value === undefined || !fits(condition.operator, value, facts)) return isNegative;
  const read = /before|after/.test(condition.operator) ? new Date(timeOf(value, facts)).toISOString() : value;
  return fieldHolds({ ...condition, value: read } as FieldCondition, field, facts);
}

function found(path: string, facts: Facts): Json | undefined {
  const { root, names } = parsePath(path);
  const roots = { event: facts.event, customer: facts.customer, "enrollment.event": facts.enrollmentEvent };
  if (root === "enrollment.key") return facts.key;
  return names.reduce<unknown>((value, name) => {
    const isList = Array.isArray(value);
    if (typeof value !== "object" || value === null || (isList && !/^\d+$/.test(name))) return undefined;
    return Object.getOwnPropertyDescriptor(value, name)?.value;
  }, roots[root]) as Json | undefined;
}

function timeOf(value: unknown, { customer, timezone = "UTC" }: Facts): number {
  const own = customer.timezone;
  return readTime(value, typeof own === "string" && isTimezone(own) ? own : timezone) ?? Number.NaN;
}

/** Whether a value from a path has a type that the operator compares. */
function fits(operator: string, value: Json, facts: Facts): boolean {
  if (/Than/.test(operator)) return typeof value === "number";
  if (/With/.test(operator)) return typeof value === "string";
  return !/before|after/.test(operator) || !Number.isNaN(timeOf(value, facts));
}

const equal = (a: unknown, b: unknown) => a === b || isDeepStrictEqual(withoutSign(a), withoutSign(b));
/** `isDeepStrictEqual` tells 0 from -0; JSON does not. */
const withoutSign = (value: unknown) => JSON.parse(JSON.stringify(value ?? null));

function fieldHolds(condition: FieldCondition, field: Json | undefined, facts: Facts): boolean {
  const now = Date.parse(facts.now);
  const value = ("value" in condition ? condition.value : undefined) as never as Json & Json[];
  const moment = timeOf(field, facts);
  const rfc3339 = toMoment(field) ?? Number.NaN;
  const [number, text] = [typeof field === "number", typeof field === "string"];
  const length = typeof value === "string" ? durationMilliseconds(value) : 0;
  const limit = toMoment(value) ?? Number.NaN;
  const contains = () =>
    (text && typeof value === "string" && String(field).includes(value)) ||
    (Array.isArray(field) && field.some((item) => equal(item, value)));
  const oneOf = () => value.some((one) => equal(field, one));
  const holds: Record<FieldCondition["operator"], () => boolean> = {
    equals: () => equal(field, value),
    notEquals: () => !equal(field, value),
    oneOf,
    notOneOf: () => !oneOf(),
    greaterThan: () => number && Number(field) > Number(value),
    greaterThanOrEquals: () => number && Number(field) >= Number(value),
    lessThan: () => number && Number(field) < Number(value),
    lessThanOrEquals: () => number && Number(field) <= Number(value),
    between: () => {
      const [least, most] = value;
      if (typeof least === "number") return number && Number(field) >= least && Number(field) <= Number(most);
      return rfc3339 >= (toMoment(least) ?? Number.NaN) && rfc3339 <= (toMoment(most) ?? Number.NaN);
    },
    contains,
    notContains: () => !contains(),
    startsWith: () => text && String(field).indexOf(String(value)) === 0,
    endsWith: () => text && String(field).slice(String(field).length - String(value).length) === String(value),
    exists: () => field !== undefined && field !== null,
    notExists: () => field === undefined || field === null,
    before: () => moment < limit,
    after: () => moment > limit,
    withinLast: () => moment <= now && moment >= now - length,
    olderThan: () => moment < now - length,
    withinNext: () => moment >= now && moment <= now + length,
    inPast: () => moment < now,
    inFuture: () => moment > now,
  };
  return holds[condition.operator]();
}
