/** A finding: the state of one area of the stack, what it means for customers, and what to do first. */
import type { Observed } from "./observed.ts";
import type { Remedy } from "./remedy.ts";

export type State = "ok" | "note" | "failing" | "not known";

export interface Finding {
  readonly area: string;
  readonly state: State;
  readonly what: string;
  /** The consequence for customers, unless the area is ok. */
  readonly forCustomers?: string;
  readonly doFirst?: string;
  /** The commands that `doFirst` names, with the ids of this finding. */
  readonly remedies?: readonly Remedy[];
}

/** A check: one row of a table. */
export type Check = (observed: Observed) => readonly Finding[];

export const ok = (area: string, what: string): Finding => ({ area, state: "ok", what });
export const unknown = (area: string, what: string): Finding => ({ area, state: "not known", what });
