/** The sending rate of email in memory. */
import type { Clock, SendRate } from "../lambdas/app/ports.ts";
import { turnAt } from "../lambdas/domain/messages/send-rate.ts";
import { fromMilliseconds, toMilliseconds } from "../lambdas/domain/time/time.ts";

export function memorySendRate(perSecond: number, clock: Clock): SendRate {
  let nextFree = 0;
  return {
    async turn() {
      const turn = turnAt(toMilliseconds(clock.now()), nextFree, perSecond);
      nextFree = turn.nextFree;
      return fromMilliseconds(Math.ceil(turn.at));
    },
  };
}
