/** The meaning of conditions in the plainest code, without regard to speed. The tests compare compiled conditions with it. */
import { isDeepStrictEqual } from "node:util";
import type { Condition, FieldCondition } from "../../lambdas/domain/conditions/condition.ts";
import type { Facts } from "../../lambdas/domain/conditions/evaluate.ts";
import { durationMilliseconds, toMoment } from "../../lambdas/domain/time/time.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";

export function plainly(condition: Condition, facts: Facts): boolean {
  if ("all" in condition) return condition.all.every((part) => plainly(part, facts));
  if ("any" in condition) return condition.any.some((part) => plainly(part, facts));
  if ("not" in condition) return !plainly(condition.not, facts);
  if (!("field" in condition)) throw new Error("Only fields are judged here.");
  return fieldHolds(condition, found(condition.field, facts), Date.parse(facts.now));
}

function found(path: string, facts: Facts): Json | undefined {
  if (path === "enrollment.key") return facts.key;
  return path.split(".").reduce<unknown>((value, name) => {
    const isList = Array.isArray(value);
    if (typeof value !== "object" || value === null || (isList && !/^\d+$/.test(name))) return undefined;
    return Object.getOwnPropertyDescriptor(value, name)?.value;
  }, facts) as Json | undefined;
}

const equal = (a: unknown, b: unknown) => a === b || isDeepStrictEqual(withoutSign(a), withoutSign(b));
/** `isDeepStrictEqual` tells 0 from -0; JSON does not. */
const withoutSign = (value: unknown) => JSON.parse(JSON.stringify(value ?? null));

function fieldHolds(condition: FieldCondition, field: Json | undefined, now: number): boolean {
  const value = ("value" in condition ? condition.value : undefined) as never as Json & Json[];
  const moment = toMoment(field) ?? Number.NaN;
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
      return moment >= (toMoment(least) ?? Number.NaN) && moment <= (toMoment(most) ?? Number.NaN);
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
