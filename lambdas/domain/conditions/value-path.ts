/**
 * Tells a value from the path of a value in a condition or in `data`. Separate from the schemas, so that the functions on
 * the way of an event do not bundle them.
 */
import type { FieldCondition } from "./condition.ts";
import type { PathValue } from "./path-value.ts";

export function isPathValue(value: unknown): value is PathValue {
  return typeof value === "object" && value !== null && "path" in value && Object.keys(value).length === 1;
}

/** The path of the value that the field is compared with; `undefined` when the document holds the value itself. */
export function valuePath(condition: FieldCondition): string | undefined {
  return "value" in condition && isPathValue(condition.value) ? condition.value.path : undefined;
}

/** The paths that a condition reads: its field, and the path of its value. */
export function pathsRead(condition: FieldCondition): string[] {
  const compared = valuePath(condition);
  return compared === undefined ? [condition.field] : [condition.field, compared];
}
