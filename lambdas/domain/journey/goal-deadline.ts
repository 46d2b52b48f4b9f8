/** How long a goal counts. */
import { plus, type Time } from "../time/time.ts";
import type { Goal } from "./journey.ts";

/** The statistics time of a goal without `within`. */
const DEFAULT_GOAL_WITHIN = "P30D";

/** The goal counts activities until this time, by their own time, however late they are delivered. */
export function goalDeadline({ within }: Pick<Goal, "within">, { enteredAt }: { readonly enteredAt: Time }): Time {
  return plus(enteredAt, within ?? DEFAULT_GOAL_WITHIN);
}
