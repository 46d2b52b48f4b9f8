/** Compiled conditions against plain ones, and what their code may be made of. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Condition, condition } from "../../lambdas/domain/condition.ts";
import { functionOf } from "../../lambdas/domain/function-of.ts";
import { compile, type Facts } from "../../lambdas/domain/holds.ts";
import type { Json } from "../../lambdas/domain/json.ts";
import { plainly } from "./plain-conditions.ts";

const nasty = [
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
      .tuple(fc.constantFrom("event", "customer"), fc.array(name, { minLength: 1, maxLength: 3 }))
      .map(([root, names]) => [root, ...names].join(".")),
  },
  fc.constant("enrollment.key"),
);
const now = "2026-06-15T12:00:00.000Z";
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

/** As it comes out of an event: parsed, so that `__proto__` is a member. */
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: scalar as fc.Arbitrary<Json> },
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 4 }).map(objectOf),
  ),
})).value;

function objectOf(members: readonly (readonly [string, Json])[]): { [name: string]: Json } {
  return JSON.parse(
    `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`,
  );
}

const object = fc.array(fc.tuple(name, json), { maxLength: 8 }).map(objectOf);
const facts: fc.Arbitrary<Facts> = fc.record({
  now: fc.constant(now),
  customer: object,
  event: fc.option(object, { nil: undefined }),
  key: fc.option(json, { nil: undefined }),
});

const literal = json.filter((value) => value !== null);
const span = fc.constantFrom("PT0S", "PT1S", "P1D", "P400D");
const leaf = fc.oneof(
  ...Object.entries({
    "equals notEquals contains notContains": literal,
    "oneOf notOneOf": fc.array(literal, { minLength: 1, maxLength: 4 }),
    "greaterThan greaterThanOrEquals lessThan lessThanOrEquals": number,
    between: fc.oneof(fc.tuple(number, number), fc.tuple(time, time)),
    "startsWith endsWith": text,
    "before after": time,
    "withinLast olderThan withinNext": span,
    "exists notExists inPast inFuture": fc.constant(undefined),
  }).map(([names, value]: [string, fc.Arbitrary<unknown>]) =>
    fc
      .tuple(path, fc.constantFrom(...names.split(" ")), value)
      .map(([field, operator, value]) => ({ field, operator, ...(value === undefined ? {} : { value }) }) as Condition),
  ),
);
const any: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => {
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

test("a compiled condition says what a plain one says, of whatever facts", () => {
  fc.assert(
    fc.property(any, fc.array(facts, { minLength: 1, maxLength: 4 }), (written, many) => {
      const compiled = compile(written);
      for (const facts of many) expect(compiled(facts)).toBe(plainly(written, facts));
    }),
    { numRuns: 3000 },
  );
});

test("those conditions are such as the schema allows", () => {
  fc.assert(
    fc.property(any, (written) => {
      expect(condition.safeParse(written).success).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe("the code of a condition", () => {
  const codeOf = (written: Condition) => String(compile(written));

  test("is what it looks like", () => {
    const all = [
      { field: "event.cart.total", operator: "greaterThan", value: 20 },
      { not: { field: "customer.country", operator: "notEquals", value: "DE" } },
      { field: "enrollment.key", operator: "exists" },
      { field: "event.items.0", operator: "exists" },
    ] as const;
    expect(codeOf({ all: [...all] })).toBe(
      "(facts)=>(true&&c2(facts.event?.[c0]?.[c1],facts.now)&&!!(facts.customer?.[c3]===c4)&&c5(facts.key,facts.now)&&c8(c7(facts.event?.[c6]),facts.now))",
    );
  });

  test("has no text of a document in it", () => {
    const words = /^\(facts\)=>(c\d+|facts|event|customer|key|now|true|false|\?\.|===|&&|\|\||[.,()[\]!])+$/;
    fc.assert(
      fc.property(any, (written) => {
        expect(codeOf(written)).toMatch(words);
      }),
    );
  });

  test("is the same whatever is compared, by whatever name", () => {
    const named = fc.tuple(fc.stringMatching(/^[^.\s]{1,20}$/u), fc.string());
    fc.assert(
      fc.property(named, ([name, value]) => {
        const code = codeOf({ field: `event.x${name}`, operator: "equals", value: `${value}` });
        expect(code).toBe("(facts)=>(facts.event?.[c0]===c1)");
      }),
    );
  });

  test.each(nasty)("reads and compares %j as text", (evil) => {
    const facts: Facts = { now, customer: {}, event: objectOf([[evil, { [`x${evil}`]: evil }]]) };
    const holds = (written: Condition) => compile(written)(facts);
    expect(holds({ field: `event.${evil}.x${evil}`, operator: "equals", value: evil })).toBe(!evil.includes("."));
    expect(holds({ field: `customer.${evil}`, operator: "exists" })).toBe(false);
  });

  test.each(["process", "facts.constructor", "c0`x`", "facts.event?.['x']", "a", "c0;c1", "facts=>c0", "//"])(
    "%j is let through by nobody",
    (expression) => expect(() => functionOf(expression, [])).toThrow("no expression of ours"),
  );
});
