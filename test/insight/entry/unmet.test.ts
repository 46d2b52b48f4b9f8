import { expect, test } from "vitest";
import { unmet } from "../../../insight/entry/unmet.ts";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";

const facts = {
  now: "2026-01-10T00:00:00.000Z",
  customer: { country: "FR", age: 17, seenAt: "2026-01-01T00:00:00.000Z", tags: ["vip"] },
  event: { total: 5 },
  key: "k1",
  eventTimes: { "order.placed": ["2026-01-09T00:00:00.000Z", "2025-01-01T00:00:00.000Z"] },
};

test.each<[string, Condition, string[]]>([
  ["a condition that is met", { field: "event.total", operator: "equals", value: 5 }, []],
  [
    "another value",
    { field: "customer.country", operator: "equals", value: "DE" },
    ['customer.country is "FR", wanted is "DE"'],
  ],
  [
    "one of several",
    { field: "customer.country", operator: "oneOf", value: ["DE", "AT"] },
    ['customer.country is "FR", wanted is one of "DE", "AT"'],
  ],
  ["a missing field", { field: "customer.city", operator: "exists" }, ["customer.city is missing, it must be there"]],
  [
    "a text that is no number",
    { field: "customer.country", operator: "greaterThan", value: 5 },
    ['customer.country is "FR", it must be more than 5'],
  ],
  [
    "between",
    { field: "event.total", operator: "between", value: [10, 20] },
    ["event.total is 5, it must be between 10 and 20"],
  ],
  [
    "a duration",
    { field: "customer.seenAt", operator: "withinLast", value: "P1D" },
    ['customer.seenAt is "2026-01-01T00:00:00.000Z", it must lie within the last 1 day'],
  ],
  [
    "of all: only the parts that are not met",
    {
      all: [
        { field: "event.total", operator: "equals", value: 5 },
        { field: "customer.age", operator: "greaterThanOrEquals", value: 18 },
        { field: "customer.tags", operator: "contains", value: "new" },
      ],
    },
    ["customer.age is 17, it must be at least 18", 'customer.tags is ["vip"], it must contain "new"'],
  ],
  [
    "of any: all parts, as one text",
    {
      any: [
        { field: "customer.age", operator: "greaterThanOrEquals", value: 18 },
        { field: "customer.country", operator: "equals", value: "DE" },
      ],
    },
    ['customer.age is 17, it must be at least 18, or: customer.country is "FR", wanted is "DE"'],
  ],
  [
    "a negation",
    { not: { field: "customer.country", operator: "equals", value: "FR" } },
    ["“country = FR” is met, and must not be"],
  ],
  [
    "too few events within the time",
    { event: "order.placed", count: { operator: "greaterThanOrEquals", value: 2 }, within: "P30D" },
    ["order.placed happened 1× in 30 days, wanted is “order.placed ≥ 2× in 30 days”"],
  ],
])("%s", (_, condition, reasons) => expect(unmet(condition, facts)).toEqual(reasons));

test("a long value is cut", () => {
  const [reason = ""] = unmet(
    { field: "customer.country", operator: "equals", value: "x".repeat(1000) },
    { now: facts.now, customer: { country: "y".repeat(1000) } },
  );
  expect(reason.length).toBeLessThan(250);
});
