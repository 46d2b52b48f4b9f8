/** The sending rates of channels in memory. */
import type { Clock } from "../../lambdas/app/ports.ts";
import type { SendRate } from "../../lambdas/app/sending-ports.ts";
import type { PacedChannel } from "../../lambdas/domain/messages/channel-traits.ts";
import { turnAt } from "../../lambdas/domain/messages/send-rate.ts";
import { fromMilliseconds, toMilliseconds } from "../../lambdas/domain/time/time.ts";

/** `rates`: messages per second. A channel without a rate takes no turns. */
export function memorySendRate(rates: Readonly<Partial<Record<PacedChannel, number>>>, clock: Clock): SendRate {
  const free = new Map<PacedChannel, number>();
  return {
    async turn(channel) {
      const perSecond = rates[channel];
      if (perSecond === undefined) return undefined;
      const turn = turnAt(toMilliseconds(clock.now()), free.get(channel) ?? 0, perSecond);
      free.set(channel, turn.nextFree);
      return fromMilliseconds(Math.ceil(turn.at));
    },
  };
}
