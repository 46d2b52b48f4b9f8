/** Why a condition is not met, in words: the value that was found, and the value that the condition requires. */
import type { Condition, FieldCondition } from "../../lambdas/domain/condition.ts";
import { type Facts, holds, reader } from "../../lambdas/domain/holds.ts";
import type { Json } from "../../lambdas/domain/json.ts";
import { own } from "../../lambdas/domain/json.ts";
import { minus } from "../../lambdas/domain/time.ts";
import { conditionText } from "../words/condition-text.ts";
import { durationText } from "../words/duration-text.ts";
import { valueText } from "../words/value-text.ts";

/** Each part that is not met, in words; empty when the condition is met. */
export function unmet(condition: Condition, facts: Facts): string[] {
  if (holds(condition, facts)) return [];
  if ("all" in condition) return condition.all.flatMap((part) => unmet(part, facts));
  if ("any" in condition) return [condition.any.flatMap((part) => unmet(part, facts)).join(", or: ")];
  if ("not" in condition) return [`“${conditionText(condition.not)}” is met, and must not be`];
  if ("message" in condition) return [`${condition.message} is not ${condition.status}`];
  if ("count" in condition) {
    const since = minus(facts.now, condition.within);
    const times = (own(facts.happened, condition.event) ?? []).filter((time) => time > since).length;
    return [
      `${condition.event} happened ${times}× in ${durationText(condition.within)}, wanted is “${conditionText(condition)}”`,
    ];
  }
  return [`${condition.field} ${foundText(reader(condition.field)(facts))}, ${wantedText(condition)}`];
}

function foundText(value: Json | undefined): string {
  return value === undefined ? "is missing" : `is ${valueText(value)}`;
}

const wants: Partial<Record<FieldCondition["operator"], string>> = {
  equals: "wanted is",
  notEquals: "it must be anything but",
  oneOf: "wanted is one of",
  notOneOf: "it must be none of",
  greaterThan: "it must be more than",
  greaterThanOrEquals: "it must be at least",
  lessThan: "it must be less than",
  lessThanOrEquals: "it must be at most",
  between: "it must be between",
  contains: "it must contain",
  notContains: "it must not contain",
  startsWith: "it must start with",
  endsWith: "it must end with",
  exists: "it must be there",
  notExists: "it must not be there",
  before: "it must be before",
  after: "it must be after",
  withinLast: "it must lie within the last",
  olderThan: "it must be longer ago than",
  withinNext: "it must lie within the next",
  inPast: "it must lie in the past",
  inFuture: "it must lie in the future",
};

function wantedText(condition: FieldCondition): string {
  const words = wants[condition.operator] ?? condition.operator;
  if (!("value" in condition)) return words;
  const { operator, value } = condition;
  if (operator === "withinLast" || operator === "olderThan" || operator === "withinNext")
    return `${words} ${durationText(value as string)}`;
  const values = Array.isArray(value) && (operator === "oneOf" || operator === "notOneOf" || operator === "between");
  return `${words} ${values ? value.map((one) => valueText(one as Json)).join(operator === "between" ? " and " : ", ") : valueText(value as Json)}`;
}
