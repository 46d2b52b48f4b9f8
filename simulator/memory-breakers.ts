/** The circuit breakers in memory, with the counters that they read. */
import { ConflictError } from "../lambdas/app/errors.ts";
import type { Breakers } from "../lambdas/app/ports.ts";
import { type Breaker, newBreaker } from "../lambdas/domain/counters/breaker.ts";
import type { Counts } from "../lambdas/domain/counters/counts.ts";

export function memoryBreakers(counters: ReadonlyMap<string, Counts>): Breakers {
  const stored = new Map<string, Breaker>();
  const get = (journeyId: string) => stored.get(journeyId) ?? newBreaker(journeyId);
  return {
    get: async (journeyId) => get(journeyId),
    hold: async (journeyId) => get(journeyId).held,
    counts: async (journeyId) =>
      Object.fromEntries(Object.entries(counters.get(journeyId) ?? {}).filter(([, count]) => count !== 0)),
    async put(breaker) {
      if (get(breaker.journeyId).revision !== breaker.revision - 1) throw new ConflictError("the breaker has changed");
      stored.set(breaker.journeyId, breaker);
    },
  };
}
