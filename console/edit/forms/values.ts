/** Values of conditions as a person types them. A text that reads like a number or `true` is written in quotes. */
import type { OperatorName } from "../../../lambdas/domain/conditions/operators.ts";
import { operatorOf } from "../../../lambdas/domain/conditions/operators.ts";
import { type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { PATH } from "../../../lambdas/domain/values/path.ts";

/** `20` is a number, `true` a boolean, `"20"` and `DE` are texts, `=event.total` is a path. */
export function valueFrom(typed: string): unknown {
  const text = typed.trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  if (/^"[^"]*"$/.test(text)) return text.slice(1, -1);
  return text.startsWith("=") && PATH.test(text.slice(1)) ? { path: text.slice(1) } : text;
}

export function valueText(value: unknown): string {
  const { path } = members(value);
  if (typeof path === "string") return `=${path}`;
  if (typeof value !== "string") return value === undefined ? "" : JSON.stringify(value);
  return typeof valueFrom(value) === "string" && valueFrom(value) === value ? value : `"${value}"`;
}

export const listFrom = (typed: string): unknown[] =>
  typed
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(valueFrom);

export const listText = (list: unknown): string =>
  Array.isArray(list) ? list.map(valueText).join(", ") : valueText(list);

/** The first value of each kind that an operator may have. */
const firstValues = { one: "", list: [], range: [0, 100], span: "P7D", none: undefined } as const;

/** A condition with another operator. The value stays where the new operator can have it. */
export function withOperator({ value, ...condition }: Members, operator: OperatorName): Members {
  const kind = operatorOf(operator).value;
  const before = operatorOf((condition.operator as OperatorName) ?? operator)?.value ?? kind;
  const kept = before === kind && value !== undefined ? value : converted(value, kind);
  return { ...condition, operator, ...(kind !== "none" && { value: kept }) };
}

function converted(value: unknown, kind: keyof typeof firstValues): unknown {
  if (kind === "list" && value !== undefined && typeof value !== "object") return [value];
  if (kind === "one" && Array.isArray(value) && value.length > 0) return value[0];
  return firstValues[kind];
}

/** A condition to begin with. */
export const emptyCondition: Members = { field: "", operator: "equals", value: "" };

/** The conditions of a group, with the word that joins them; a single condition is a group of one. */
export function groupOf(condition: unknown): { readonly word: "all" | "any"; readonly parts: readonly unknown[] } {
  const { all, any } = members(condition);
  if (Array.isArray(any)) return { word: "any", parts: any };
  return { word: "all", parts: Array.isArray(all) ? all : condition === undefined ? [] : [condition] };
}

/** The condition for a group: no condition, the only condition, or all conditions joined by a word. */
export function grouped(word: "all" | "any", parts: readonly unknown[]): unknown {
  return parts.length <= 1 ? parts[0] : { [word]: parts };
}
