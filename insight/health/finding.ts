/** What was found out about one thing: is it well, what does it mean for customers, what puts it right. */
import type { Observed } from "./observed.ts";

export type State = "well" | "note" | "ill" | "not known";

export interface Finding {
  readonly area: string;
  readonly state: State;
  readonly what: string;
  /** Of what is not well. */
  readonly forCustomers?: string;
  readonly doFirst?: string;
}

/** One look; a row of a table. */
export type Look = (observed: Observed) => readonly Finding[];

export const well = (area: string, what: string): Finding => ({ area, state: "well", what });
export const unknown = (area: string, what: string): Finding => ({ area, state: "not known", what });
