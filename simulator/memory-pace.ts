/** The queue for email in memory. */
import type { Clock, Pace } from "../lambdas/app/ports.ts";
import { turnAt } from "../lambdas/domain/pace.ts";
import { fromMilliseconds, toMilliseconds } from "../lambdas/domain/time.ts";

export function memoryPace(perSecond: number, clock: Clock): Pace {
  let nextFree = 0;
  return {
    async turn() {
      const turn = turnAt(toMilliseconds(clock.now()), nextFree, perSecond);
      nextFree = turn.nextFree;
      return fromMilliseconds(Math.ceil(turn.at));
    },
  };
}
