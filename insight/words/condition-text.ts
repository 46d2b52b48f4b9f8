/** Conditions in few words, such as `country in DE, AT and plan = gold`. */
import type { Condition } from "../../lambdas/domain/conditions/condition.ts";
import { type OperatorName, operatorOf } from "../../lambdas/domain/conditions/operators.ts";
import { durationText } from "./duration-text.ts";

export function conditionText(condition: Condition): string {
  if ("all" in condition) return condition.all.map(inner).join(" and ");
  if ("any" in condition) return condition.any.map(inner).join(" or ");
  if ("not" in condition) return `not ${inner(condition.not)}`;
  if ("message" in condition) return `${condition.message} ${condition.status}`;
  if ("segment" in condition) return `in segment ${condition.segment}`;
  if ("count" in condition)
    return `${condition.event} ${operatorOf(condition.count.operator).sign} ${condition.count.value}× in ${durationText(condition.within)}`;
  const { field, operator } = condition;
  const name = field.replace(/^customer\./, "");
  const value = "value" in condition ? ` ${operandText(condition.value, operator)}` : "";
  return `${name} ${operatorOf(operator).sign}${value}`;
}

function inner(condition: Condition): string {
  return "all" in condition || "any" in condition ? `(${conditionText(condition)})` : conditionText(condition);
}

function operandText(value: unknown, operator: OperatorName): string {
  if (Array.isArray(value)) return value.map((item) => operandText(item, operator)).join(", ");
  if (typeof value === "string") return operatorOf(operator).value === "span" ? durationText(value) : value;
  return JSON.stringify(value);
}
