/**
 * How fast an audience run lets customers in. Turns come in groups of `max`. The next group begins when `per` has passed
 * since the last turn of the group before, so no time of the length `per` has more than `max` turns.
 */
import type { Rate } from "../journey/trigger.ts";
import { plus, type Time } from "../time/time.ts";

/** The turns that the run has taken. */
export interface Turns {
  /** The turns that were taken in the present group. */
  readonly used: number;
  readonly last: Time;
  readonly revision: number;
}

/** At most `wanted` turns. When there is none, the time of the next one. */
export type Taken =
  | { readonly kind: "taken"; readonly count: number; readonly turns: Turns }
  | { readonly kind: "none"; readonly next: Time };

export function takeTurns(turns: Turns | undefined, { max, per }: Rate, wanted: number, now: Time): Taken {
  const next = turns && plus(turns.last, per);
  const isNewGroup = next === undefined || (turns && turns.used >= max && next <= now);
  const used = isNewGroup ? 0 : (turns?.used ?? 0);
  const count = Math.min(wanted, max - used);
  if (count > 0)
    return { kind: "taken", count, turns: { used: used + count, last: now, revision: (turns?.revision ?? 0) + 1 } };
  return { kind: "none", next: next ?? now };
}
