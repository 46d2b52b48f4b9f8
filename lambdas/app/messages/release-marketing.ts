/** Somebody says that a journey's marketing, which was held, may go on. */
import { type Hold, released } from "../../domain/counters/breaker.ts";
import { mailed } from "../../domain/counters/reputation.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/** What it was held for; `undefined` when it was not. */
export function releaseMarketing(journeyId: string, { breakers }: Pick<Ports, "breakers">): Promise<Hold | undefined> {
  return retryOnConflict(async () => {
    const before = await breakers.get(journeyId);
    const after = released(before, mailed(await breakers.counts(journeyId)));
    if (after !== before) await breakers.put(after);
    return before.held;
  });
}
