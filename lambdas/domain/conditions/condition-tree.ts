/**
 * The leaves and the size of a condition. A leaf is a condition without conditions inside it. The leaves of a segment
 * are the leaves of the condition that stands behind its name.
 */
import { members } from "../documents/unchecked-document.ts";
import type { Condition, EventCondition, FieldCondition, MessageCondition } from "./condition.ts";
import { conditionBehind, type SegmentCondition } from "./segment-condition.ts";

export type Leaf = FieldCondition | EventCondition | MessageCondition;

type Path = readonly (string | number)[];

/** Visits each leaf together with its path below the condition. */
export function eachLeaf(root: Condition, visit: (leaf: Leaf, path: Path) => void): void {
  const visitPart = (part: Condition, path: Path): void => {
    const behind = "segment" in part ? conditionBehind(part) : undefined;
    if (behind) visitPart(behind, path);
    else if (!("segment" in part)) eachPart(part, visit, visitPart, path);
  };
  visitPart(root, []);
}

/** Visits each place that names a segment in the condition itself, but none inside a segment. */
export function eachSegment(root: Condition, visit: (segment: SegmentCondition, path: Path) => void): void {
  const visitPart = (part: Condition, path: Path): void =>
    "segment" in part ? visit(part, path) : eachPart(part, () => {}, visitPart, path);
  visitPart(root, []);
}

function eachPart(
  root: Exclude<Condition, SegmentCondition>,
  visit: (leaf: Leaf, path: Path) => void,
  visitPart: (part: Condition, path: Path) => void,
  path: Path,
): void {
  if ("all" in root) for (const [index, part] of root.all.entries()) visitPart(part, [...path, "all", index]);
  else if ("any" in root) for (const [index, part] of root.any.entries()) visitPart(part, [...path, "any", index]);
  else if ("not" in root) visitPart(root.not, [...path, "not"]);
  else visit(root, path);
}

export const MOST_DEEP = 8;
export const MOST_LEAVES = 100;

/**
 * The levels and the leaves of a condition, which may have problems. This function does not recurse, so even a huge
 * condition cannot overflow the stack.
 */
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

/**
 * The number of leaves, including the leaves of segments. A segment that is named often is counted once and multiplied.
 */
export function leafCount(root: Condition, counted = new Map<Condition, number>()): number {
  const known = counted.get(root);
  if (known !== undefined) return known;
  const sum = (parts: readonly Condition[]) => parts.reduce((total, part) => total + leafCount(part, counted), 0);
  const behind = "segment" in root ? conditionBehind(root) : undefined;
  let count = 1;
  if ("all" in root) count = sum(root.all);
  else if ("any" in root) count = sum(root.any);
  else if ("not" in root) count = sum([root.not]);
  else if (behind) count = sum([behind]);
  counted.set(root, count);
  return count;
}

export function leaves(root: Condition): Leaf[] {
  const found: Leaf[] = [];
  eachLeaf(root, (leaf) => found.push(leaf));
  return found;
}
