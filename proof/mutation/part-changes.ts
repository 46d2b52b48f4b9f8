/** Changes of the parts that several places of a journey have: conditions, rules and durations. */
import type { Condition } from "../../lambdas/domain/conditions/condition.ts";
import { eachLeaf, type Leaf } from "../../lambdas/domain/conditions/condition-tree.ts";
import type { Rule } from "../../lambdas/domain/conditions/rule.ts";
import type { Path } from "../../lambdas/domain/documents/problem.ts";

/** A part of a journey to be replaced, or without a value, to be left out. */
export interface Part {
  readonly path: Path;
  readonly value?: unknown;
  readonly text: string;
}

export const removed = (path: Path): Part => ({ path, text: "is left out" });

export const replaced = (path: Path, value: unknown): Part => ({
  path,
  value,
  text: `becomes ${typeof value === "string" ? value : JSON.stringify(value)}`,
});

/** The change that makes a duration twice as long: each number in it is doubled. */
export const longer = (path: Path, duration: string): Part =>
  replaced(
    path,
    duration.replace(/\d+/g, (digits) => String(2 * Number(digits))),
  );

export function ruleChanges(path: Path, { where, key }: Pick<Rule, "where" | "key">): Part[] {
  return [...conditionChanges([...path, "where"], where), ...(key === undefined ? [] : [removed([...path, "key"])])];
}

/**
 * Changes of a condition: the whole condition reversed, each inner condition reversed, and each comparison changed so
 * that only the limit itself gives another result.
 */
export function conditionChanges(path: Path, condition: Condition | undefined): Part[] {
  if (!condition) return [];
  const parts: Part[] = [{ path, value: { not: condition }, text: "is reversed" }];
  eachLeaf(condition, (leaf, below) => {
    const place = [...path, ...below];
    if (below.length > 0) parts.push({ path: place, value: { not: leaf }, text: "is reversed" });
    parts.push(...limitChanges(place, leaf));
  });
  return parts;
}

function limitChanges(path: Path, leaf: Leaf): Part[] {
  if ("operator" in leaf) return operatorChange([...path, "operator"], leaf.operator);
  return "count" in leaf ? operatorChange([...path, "count", "operator"], leaf.count.operator) : [];
}

/** The operator that differs only at the limit. */
const atTheLimit: Readonly<Record<string, string>> = {
  greaterThan: "greaterThanOrEquals",
  greaterThanOrEquals: "greaterThan",
  lessThan: "lessThanOrEquals",
  lessThanOrEquals: "lessThan",
};

function operatorChange(path: Path, operator: string): Part[] {
  const other = atTheLimit[operator];
  return other === undefined ? [] : [replaced(path, other)];
}

/** A copy with another value at the path; without a value, the part is left out. */
export function withValue(whole: unknown, [name, ...below]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(whole)) {
    const index = Number(name);
    const part = withValue(whole[index], below, value);
    return part === undefined ? whole.toSpliced(index, 1) : whole.with(index, part);
  }
  const { [name]: before, ...others } = Object(whole) as Record<string, unknown>;
  const part = withValue(before, below, value);
  return part === undefined ? others : { ...others, [name]: part };
}
