/** The leaves and the size of a condition. A leaf is a condition without conditions inside it. */
import type { Condition, EventCondition, FieldCondition, MessageCondition } from "./condition.ts";

export type Leaf = FieldCondition | EventCondition | MessageCondition;

/** Visits each leaf together with its path below the condition. */
export function eachLeaf(
  root: Condition,
  visit: (leaf: Leaf, path: readonly (string | number)[]) => void,
  path: readonly (string | number)[] = [],
): void {
  if ("all" in root) for (const [index, part] of root.all.entries()) eachLeaf(part, visit, [...path, "all", index]);
  else if ("any" in root)
    for (const [index, part] of root.any.entries()) eachLeaf(part, visit, [...path, "any", index]);
  else if ("not" in root) eachLeaf(root.not, visit, [...path, "not"]);
  else visit(root, path);
}

export const MOST_DEEP = 8;
export const MOST_LEAVES = 100;

export function depth(root: Condition): number {
  if ("all" in root) return 1 + Math.max(...root.all.map(depth));
  if ("any" in root) return 1 + Math.max(...root.any.map(depth));
  return "not" in root ? 1 + depth(root.not) : 1;
}

export function leaves(root: Condition): Leaf[] {
  const found: Leaf[] = [];
  eachLeaf(root, (leaf) => found.push(leaf));
  return found;
}
