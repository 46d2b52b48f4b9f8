/** Conditions and durations in few words. */
import type { Condition } from "../../lambdas/domain/condition.ts";

/** `P1DT2H` as `1 day 2 hours`. */
export function span(duration: string): string {
  const units = {
    W: ["week", "weeks"],
    D: ["day", "days"],
    H: ["hour", "hours"],
    M: ["minute", "minutes"],
    S: ["second", "seconds"],
  } as const;
  return [...duration.matchAll(/([\d.]+)([WDHMS])/g)]
    .map(([, amount, unit]) => `${amount} ${units[unit as keyof typeof units][amount === "1" ? 0 : 1]}`)
    .join(" ");
}

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
    return `${condition.event} ${signs[condition.count.operator]} ${condition.count.value}× in ${span(condition.within)}`;
  const { field, operator } = condition;
  const name = field.replace(/^customer\./, "");
  const words = operator.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const value = "value" in condition ? ` ${valueText(condition.value, operator)}` : "";
  return `${name} ${signs[operator] ?? words}${value}`;
}

function inner(condition: Condition): string {
  return "all" in condition || "any" in condition ? `(${conditionText(condition)})` : conditionText(condition);
}

function valueText(value: unknown, operator: string): string {
  if (Array.isArray(value)) return value.map((item) => valueText(item, operator)).join(", ");
  if (typeof value === "string") return /Last|Next|Than/.test(operator) && value.startsWith("P") ? span(value) : value;
  return JSON.stringify(value);
}
