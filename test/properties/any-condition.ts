/** Random conditions and facts, with names and texts that could break generated code. */
import fc from "fast-check";
import type { Condition } from "../../lambdas/domain/conditions/condition.ts";
import type { Facts } from "../../lambdas/domain/conditions/evaluate.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import { pathOf, type Root } from "../../lambdas/domain/values/path.ts";

/** Names and values that would have an effect if they ran as code, or that JavaScript reserves. */
export const nasty = [
  "');process.exit()//",
  "`;x`",
  "\u2028",
  '"',
  "\\",
  "*/",
  "\n",
  "c0",
  "facts",
  "constructor",
  "__proto__",
  "toString",
  "length",
  "prototype",
  "0",
  "01",
  "map",
  "link",
];
const fewNames = ["a", "b", "x", "1", ...nasty.filter((name) => !/[.\s]/.test(name))];
const name = fc.constantFrom(...fewNames);
const path = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(
        fc.constantFrom("event", "customer", "enrollment.event"),
        fc.array(fc.oneof(name, fc.constantFrom("a b", "a.b", "a[0]", "it's")), { minLength: 1, maxLength: 3 }),
      )
      .map(([root, names]) => pathOf(root as Root, names)),
  },
  fc.constant("enrollment.key"),
);
export const now = "2026-06-15T12:00:00.000Z";
const time = fc.constantFrom(
  now,
  "2026-06-15T12:00:00Z",
  "2026-06-15T14:00:00+02:00",
  "2026-06-15T12:00:00.0001Z",
  "2024-02-29T00:00:00Z",
  "2025-01-01T24:00:00Z",
  "2026-06-16T12:00:00Z",
  "2026-06-14T12:00:00.000Z",
);
const noTime = fc.constantFrom("2026-02-30T00:00:00Z", "2026-06-15", "yesterday");
const text = fc.oneof(fc.constantFrom("", "a", "ab", "b", "20", "true", "null", ...nasty), time, noTime);
const number = fc.constantFrom(0, -0, 1, 20, 20.5, -3);
const scalar = fc.oneof(text, number, fc.boolean());

/** Parsed as in an event, so that `__proto__` is an ordinary member. */
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: scalar as fc.Arbitrary<Json> },
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 4 }).map(objectOf),
  ),
})).value;

export function objectOf(members: readonly (readonly [string, Json])[]): { [name: string]: Json } {
  return JSON.parse(
    `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`,
  );
}

const object = fc.array(fc.tuple(name, json), { maxLength: 8 }).map(objectOf);
export const facts: fc.Arbitrary<Facts> = fc.record({
  now: fc.constant(now),
  customer: object,
  event: fc.option(object, { nil: undefined }),
  enrollmentEvent: fc.option(object, { nil: undefined }),
  key: fc.option(json, { nil: undefined }),
  timezone: fc.constantFrom(undefined, "Europe/Berlin", "Pacific/Honolulu"),
});

const literal = json.filter((value) => value !== null);
const orPath = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: path.map((path) => ({ path })) });
const span = fc.constantFrom("PT0S", "PT1S", "P1D", "P400D");
const leaf = fc.oneof(
  ...Object.entries({
    "equals notEquals contains notContains": orPath(literal),
    "oneOf notOneOf": fc.array(literal, { minLength: 1, maxLength: 4 }),
    "greaterThan greaterThanOrEquals lessThan lessThanOrEquals": orPath(number),
    between: fc.oneof(fc.tuple(number, number), fc.tuple(time, time)),
    "startsWith endsWith": orPath(text),
    "before after": orPath(time),
    "withinLast olderThan withinNext": span,
    "exists notExists inPast inFuture": fc.constant(undefined),
  }).map(([names, value]: [string, fc.Arbitrary<unknown>]) =>
    fc
      .tuple(path, fc.constantFrom(...names.split(" ")), value)
      .map(([field, operator, value]) => ({ field, operator, ...(value === undefined ? {} : { value }) }) as Condition),
  ),
);
/** A condition that the schema allows, nested or not. */
export const any: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => {
  const parts = fc.array(tie("node"), { minLength: 1, maxLength: 3 });
  return {
    node: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: leaf },
      parts.map((all): Condition => ({ all })),
      parts.map((any): Condition => ({ any })),
      tie("node").map((not): Condition => ({ not })),
    ),
  };
}).node;
