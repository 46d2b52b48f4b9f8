/** Conditions in few words, such as `country in DE, AT and plan = gold`. */
import type { Condition } from "../../lambdas/domain/condition.ts";
import { durationText } from "./duration-text.ts";

const signs: Partial<Record<string, string>> = {
  equals: "=",
  notEquals: "≠",
  oneOf: "in",
  notOneOf: "not in",
  greaterThan: ">",
  greaterThanOrEquals: "≥",
  lessThan: "<",
  lessThanOrEquals: "≤",
};

export function conditionText(condition: Condition): string {
  if ("all" in condition) return condition.all.map(inner).join(" and ");
  if ("any" in condition) return condition.any.map(inner).join(" or ");
  if ("not" in condition) return `not ${inner(condition.not)}`;
  if ("message" in condition) return `${condition.message} ${condition.status}`;
  if ("count" in condition)
    return `${condition.event} ${signs[condition.count.operator]} ${condition.count.value}× in ${durationText(condition.within)}`;
  const { field, operator } = condition;
  const name = field.replace(/^customer\./, "");
  const words = operator.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const value = "value" in condition ? ` ${operandText(condition.value, operator)}` : "";
  return `${name} ${signs[operator] ?? words}${value}`;
}

function inner(condition: Condition): string {
  return "all" in condition || "any" in condition ? `(${conditionText(condition)})` : conditionText(condition);
}

function operandText(value: unknown, operator: string): string {
  if (Array.isArray(value)) return value.map((item) => operandText(item, operator)).join(", ");
  if (typeof value === "string")
    return /Last|Next|Than/.test(operator) && value.startsWith("P") ? durationText(value) : value;
  return JSON.stringify(value);
}
