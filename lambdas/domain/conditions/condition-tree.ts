/** The leaves and the size of a condition. A leaf is a condition without conditions inside it. */
import { members } from "../documents/unchecked-document.ts";
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

/** The levels and the leaves of a condition, which may have problems. It does not recurse, so no size overflows the stack. */
export function sizeOf(root: unknown): { readonly depth: number; readonly leaves: number } {
  let [depth, leaves] = [0, 0];
  for (let level: unknown[] = [root]; level.length > 0; depth++) {
    const below: unknown[] = [];
    for (const condition of level) {
      const parts = partsOf(condition);
      if (!parts) leaves++;
      else for (const part of parts) below.push(part);
    }
    level = below;
  }
  return { depth, leaves };
}

/** The conditions inside a condition; `undefined` for a leaf. */
function partsOf(condition: unknown): readonly unknown[] | undefined {
  const { all, any, ...rest } = members(condition);
  const parts = [all, any].find(Array.isArray);
  if (parts) return parts;
  return "not" in rest ? [rest.not] : undefined;
}

export function leaves(root: Condition): Leaf[] {
  const found: Leaf[] = [];
  eachLeaf(root, (leaf) => found.push(leaf));
  return found;
}
