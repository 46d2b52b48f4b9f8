/** Translates a condition into the languages of other rule engines; `undefined` when a language cannot express it. */
import type { Condition, FieldCondition } from "../lambdas/domain/conditions/condition.ts";

export type Peer<T> = (condition: Condition) => T | undefined;

type Scalar = string | number | boolean;
const scalar = (value: unknown): value is Scalar => typeof value !== "object";
type Value = { readonly value?: unknown };
const comparedWith = (condition: FieldCondition) => (condition as Value).value;

/** The parts of a condition in another language, or `undefined` when the language cannot express one of them. */
function parts<T>(conditions: readonly Condition[], peer: Peer<T>): T[] | undefined {
  const said = conditions.map(peer);
  return said.includes(undefined) ? undefined : (said as T[]);
}

function said<T, R>(value: T | undefined, then: (value: T) => R): R | undefined {
  return value === undefined ? undefined : then(value);
}

export const toJsonLogic: Peer<object> = (condition) => {
  if ("all" in condition) return said(parts(condition.all, toJsonLogic), (and) => ({ and }));
  if ("any" in condition) return said(parts(condition.any, toJsonLogic), (or) => ({ or }));
  if ("not" in condition) return said(toJsonLogic(condition.not), (not) => ({ "!": [not] }));
  if (!("field" in condition)) return undefined;
  const field = { var: condition.field };
  const value = comparedWith(condition);
  switch (condition.operator) {
    case "equals":
      return scalar(value) ? { "===": [field, value] } : undefined;
    case "notEquals":
      return scalar(value) ? { "!==": [field, value] } : undefined;
    case "oneOf":
      return { in: [field, value] };
    case "notOneOf":
      return { "!": [{ in: [field, value] }] };
    case "greaterThan":
      return { ">": [field, value] };
    case "greaterThanOrEquals":
      return { ">=": [field, value] };
    case "lessThan":
    case "before":
      return { "<": [field, value] };
    case "lessThanOrEquals":
      return { "<=": [field, value] };
    case "after":
      return { ">": [field, value] };
    case "between": {
      const [least, most] = value as unknown[];
      return { "<=": [least, field, most] };
    }
    case "contains":
      return { in: [value, field] };
    case "notContains":
      return { "!": [{ in: [value, field] }] };
    case "startsWith":
      return { "===": [{ substr: [field, 0, String(value).length] }, value] };
    case "endsWith":
      return { "===": [{ substr: [field, -String(value).length] }, value] };
    case "exists":
      return { "!=": [field, null] };
    case "notExists":
      return { "==": [field, null] };
    default:
      return undefined;
  }
};

const quoted = (text: unknown) => String(text).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const toSift: Peer<object> = (condition) => {
  if ("all" in condition) return said(parts(condition.all, toSift), ($and) => ({ $and }));
  if ("any" in condition) return said(parts(condition.any, toSift), ($or) => ({ $or }));
  if ("not" in condition) return said(toSift(condition.not), (not) => ({ $nor: [not] }));
  if (!("field" in condition)) return undefined;
  const value = comparedWith(condition);
  const on = (test: object) => ({ [condition.field]: test });
  switch (condition.operator) {
    case "equals":
      return on({ $eq: value });
    case "notEquals":
      return on({ $ne: value });
    case "oneOf":
      return on({ $in: value });
    case "notOneOf":
      return on({ $nin: value });
    case "greaterThan":
    case "after":
      return on({ $gt: value });
    case "greaterThanOrEquals":
      return on({ $gte: value });
    case "lessThan":
    case "before":
      return on({ $lt: value });
    case "lessThanOrEquals":
      return on({ $lte: value });
    case "between": {
      const [$gte, $lte] = value as unknown[];
      return on({ $gte, $lte });
    }
    case "contains":
      return {
        $or: [on({ $eq: value }), ...(typeof value === "string" ? [on({ $regex: new RegExp(quoted(value)) })] : [])],
      };
    case "notContains":
      return {
        $nor: [on({ $eq: value }), ...(typeof value === "string" ? [on({ $regex: new RegExp(quoted(value)) })] : [])],
      };
    case "startsWith":
      return on({ $regex: new RegExp(`^${quoted(value)}`) });
    case "endsWith":
      return on({ $regex: new RegExp(`${quoted(value)}$`) });
    case "exists":
      return on({ $exists: true, $ne: null });
    case "notExists":
      return on({ $eq: null });
    default:
      return undefined;
  }
};

const rulesOperators: Partial<Record<FieldCondition["operator"], string>> = {
  equals: "equal",
  notEquals: "notEqual",
  oneOf: "in",
  notOneOf: "notIn",
  contains: "contains",
  notContains: "doesNotContain",
  greaterThan: "greaterThan",
  greaterThanOrEquals: "greaterThanInclusive",
  lessThan: "lessThan",
  lessThanOrEquals: "lessThanInclusive",
};

const toRulePart: Peer<object> = (condition) => {
  if ("all" in condition) return said(parts(condition.all, toRulePart), (all) => ({ all }));
  if ("any" in condition) return said(parts(condition.any, toRulePart), (any) => ({ any }));
  if ("not" in condition) return said(toRulePart(condition.not), (not) => ({ not }));
  if (!("field" in condition)) return undefined;
  const operator = rulesOperators[condition.operator];
  const [fact, ...names] = condition.field.split(".");
  if (operator === undefined) return undefined;
  return { fact, path: `$.${names.join(".")}`, operator, value: comparedWith(condition) };
};

/** In json-rules-engine, conditions begin with a group. */
export const toRules: Peer<object> = (condition) => said(toRulePart(condition), (part) => ({ all: [part] }));

const jsonataOperators: Partial<Record<FieldCondition["operator"], string>> = {
  equals: "=",
  notEquals: "!=",
  oneOf: "in",
  greaterThan: ">",
  greaterThanOrEquals: ">=",
  lessThan: "<",
  lessThanOrEquals: "<=",
  before: "<",
  after: ">",
};

export const toJsonata: Peer<string> = (condition) => {
  if ("all" in condition) return said(parts(condition.all, toJsonata), (all) => `(${all.join(" and ")})`);
  if ("any" in condition) return said(parts(condition.any, toJsonata), (any) => `(${any.join(" or ")})`);
  if ("not" in condition) return said(toJsonata(condition.not), (not) => `$not(${not})`);
  if (!("field" in condition)) return undefined;
  const field = condition.field
    .split(".")
    .map((name) => `\`${name}\``)
    .join(".");
  const value = JSON.stringify(comparedWith(condition));
  switch (condition.operator) {
    case "notOneOf":
      return `$not(${field} in ${value})`;
    case "between": {
      const [least, most] = comparedWith(condition) as unknown[];
      return `(${field} >= ${JSON.stringify(least)} and ${field} <= ${JSON.stringify(most)})`;
    }
    case "contains":
      return `($type(${field}) = "string" ? $contains(${field}, ${value}) : ${value} in ${field})`;
    case "notContains":
      return `$not($type(${field}) = "string" ? $contains(${field}, ${value}) : ${value} in ${field})`;
    case "startsWith":
      return `$substring(${field}, 0, ${String(comparedWith(condition)).length}) = ${value}`;
    case "exists":
      return `$exists(${field})`;
    case "notExists":
      return `$not($exists(${field}))`;
    default:
      return said(jsonataOperators[condition.operator], (operator) => `(${field} ${operator} ${value})`);
  }
};
