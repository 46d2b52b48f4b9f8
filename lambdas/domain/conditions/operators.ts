/**
 * The operators of a field condition, one row each. A new operator needs a row here, its kind of value in
 * `condition.ts`, and rows in `test/data/conditions.json`. The compiler reports a missing row or kind of value. No
 * other file names operators.
 *
 * A negative operator is the exact opposite of its positive operator: it has the same test, and `negative` inverts the
 * result. Two types that cannot be compared make the positive operator false and the negative operator true. A field
 * that is missing or `null` has the same effect.
 */
import * as test from "./comparisons.ts";
import type { FieldCondition } from "./condition.ts";

export type OperatorName = FieldCondition["operator"];

export interface Operator {
  readonly test: (value: never) => test.Test;
  /** Reads the operator's value from a path. */
  readonly operand: test.Operand;
  /** Whether the operator is true exactly when the test is false. */
  readonly negative: boolean;
  /** Whether the result can change by the passing of time alone. Rules are not evaluated when only time passes. */
  readonly clock: boolean;
  /** The kind of value, for printing. */
  readonly value: "one" | "list" | "range" | "span" | "none";
  /** The sign between the field and the value in a picture. */
  readonly sign: string;
  /** The words before the value in a sentence that explains a false condition. */
  readonly wanted: string;
}

const plain = { negative: false, clock: false, value: "one", operand: test.anyOperand } as const;
const numeric = { ...plain, operand: test.numberOperand } as const;
const textual = { ...plain, operand: test.textOperand } as const;
const temporal = { ...plain, operand: test.timeOperand } as const;
const negative = { ...plain, negative: true } as const;
const span = { ...plain, clock: true, value: "span" } as const;

export const operators = {
  equals: { ...plain, test: test.equals, sign: "=", wanted: "wanted is" },
  notEquals: { ...negative, test: test.equals, sign: "≠", wanted: "it must be anything but" },
  oneOf: { ...plain, test: test.oneOf, value: "list", sign: "in", wanted: "wanted is one of" },
  notOneOf: { ...negative, test: test.oneOf, value: "list", sign: "not in", wanted: "it must be none of" },
  greaterThan: { ...numeric, test: test.greaterThan, sign: ">", wanted: "it must be more than" },
  greaterThanOrEquals: { ...numeric, test: test.greaterThanOrEquals, sign: "≥", wanted: "it must be at least" },
  lessThan: { ...numeric, test: test.lessThan, sign: "<", wanted: "it must be less than" },
  lessThanOrEquals: { ...numeric, test: test.lessThanOrEquals, sign: "≤", wanted: "it must be at most" },
  between: { ...plain, test: test.between, value: "range", sign: "between", wanted: "it must be between" },
  contains: { ...plain, test: test.contains, sign: "contains", wanted: "it must contain" },
  notContains: { ...negative, test: test.contains, sign: "not contains", wanted: "it must not contain" },
  startsWith: { ...textual, test: test.startsWith, sign: "starts with", wanted: "it must start with" },
  endsWith: { ...textual, test: test.endsWith, sign: "ends with", wanted: "it must end with" },
  exists: { ...plain, test: test.exists, value: "none", sign: "exists", wanted: "it must be there" },
  notExists: { ...negative, test: test.exists, value: "none", sign: "not exists", wanted: "it must not be there" },
  before: { ...temporal, test: test.before, sign: "before", wanted: "it must be before" },
  after: { ...temporal, test: test.after, sign: "after", wanted: "it must be after" },
  withinLast: { ...span, test: test.withinLast, sign: "within last", wanted: "it must lie within the last" },
  olderThan: { ...span, test: test.olderThan, sign: "older than", wanted: "it must be longer ago than" },
  withinNext: { ...span, test: test.withinNext, sign: "within next", wanted: "it must lie within the next" },
  inPast: { ...span, test: test.inPast, value: "none", sign: "in past", wanted: "it must lie in the past" },
  inFuture: { ...span, test: test.inFuture, value: "none", sign: "in future", wanted: "it must lie in the future" },
} satisfies Record<OperatorName, Operator>;

export function operatorOf(name: OperatorName): Operator {
  return operators[name];
}
