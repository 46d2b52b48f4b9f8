/** Compares compiled conditions with a plain interpreter, and checks the code that compilation may produce. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { functionOf } from "../../lambdas/domain/conditions/compiled-function.ts";
import { type Condition, condition } from "../../lambdas/domain/conditions/condition.ts";
import { compile, type Facts } from "../../lambdas/domain/conditions/evaluate.ts";
import { functionOf as interpreted } from "../../lambdas/domain/conditions/interpreted-function.ts";
import { any, facts, nasty, now, objectOf } from "./any-condition.ts";
import { plainly } from "./plain-conditions.ts";

test("a compiled condition gives the same answer as the plain interpreter for all facts", () => {
  fc.assert(
    fc.property(any, fc.array(facts, { minLength: 1, maxLength: 4 }), (written, many) => {
      const compiled = compile(written);
      for (const facts of many) expect(compiled(facts)).toBe(plainly(written, facts));
    }),
    { numRuns: 3000 },
  );
});

test("the schema allows the random conditions", () => {
  fc.assert(
    fc.property(any, (written) => {
      expect(condition.safeParse(written).success).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe("the code of a condition", () => {
  const codeOf = (written: Condition) => String(compile(written));

  test("has this form", () => {
    const all = [
      { field: "event.cart.total", operator: "greaterThan", value: 20 },
      { not: { field: "customer.country", operator: "notEquals", value: "DE" } },
      { field: "enrollment.key", operator: "exists" },
      { field: "event.items.0", operator: "exists" },
    ] as const;
    expect(codeOf({ all: [...all] })).toBe(
      "(facts)=>(true&&c2(facts.event?.[c0]?.[c1],facts)&&!!(facts.customer?.[c3]===c4)&&c5(facts.key,facts)&&c8(c7(facts.event?.[c6]),facts))",
    );
  });

  test("contains no text of a document", () => {
    const words =
      /^\(facts\)=>(c\d+|facts|event|customer|enrollmentEvent|key|true|false|\?\.|===|&&|\|\||[.,()[\]!])+$/;
    fc.assert(
      fc.property(any, (written) => {
        expect(codeOf(written)).toMatch(words);
      }),
    );
  });

  test("is the same for all names and values", () => {
    const named = fc.tuple(fc.stringMatching(/^[^.\s[\]]{1,20}$/u), fc.string());
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
    "%j is not compiled",
    (expression) => {
      expect(() => functionOf(expression, [])).toThrow("a word that is not allowed");
      expect(() => interpreted(expression, [])).toThrow("a word that is not allowed");
    },
  );
});
