/**
 * `{ "segment": "vip" }` in a condition: true for a customer in the segment. The condition behind the name is put in
 * when a journey is read. This condition is stored under a symbol, so it is never written to a table, printed or
 * compared.
 */
import type { Condition } from "./condition.ts";

const behind: unique symbol = Symbol("the condition of the segment");

export interface SegmentCondition {
  segment: string;
  [behind]?: Condition;
}

export function withCondition({ segment }: SegmentCondition, condition: Condition): SegmentCondition {
  return { segment, [behind]: condition };
}

/** `undefined`: nothing was put in. */
export function conditionBehind(segment: SegmentCondition): Condition | undefined {
  return segment[behind];
}
