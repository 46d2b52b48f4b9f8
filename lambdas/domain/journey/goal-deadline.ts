/** How long a goal counts. */
import { plus, type Time } from "../time/time.ts";
import type { Goal } from "./journey.ts";

/** The statistics time of a goal without `within`. */
export const DEFAULT_GOAL_WITHIN = "P30D";

/** How long after entry the goal counts. */
export const goalWithin = ({ within }: Pick<Goal, "within">): string => within ?? DEFAULT_GOAL_WITHIN;

/** The goal counts activities until this time, by their own time, however late they are delivered. */
export function goalDeadline(goal: Pick<Goal, "within">, { enteredAt }: { readonly enteredAt: Time }): Time {
  return plus(enteredAt, goalWithin(goal));
}
