/** Closes the circuit breaker of a journey, because a person asked for it. */
import { type Hold, released } from "../../domain/counters/breaker.ts";
import { mailed } from "../../domain/counters/reputation.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/** The reason for which the breaker was open; `undefined` when it was closed. */
export function releaseMarketing(journeyId: string, { breakers }: Pick<Ports, "breakers">): Promise<Hold | undefined> {
  return retryOnConflict(async () => {
    const before = await breakers.get(journeyId);
    const after = released(before, mailed(await breakers.counts(journeyId)));
    if (after !== before) await breakers.put(after);
    return before.held;
  });
}
