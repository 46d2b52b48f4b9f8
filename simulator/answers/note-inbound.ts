/**
 * A scenario reports the status `replied` without the text of the answer. The answer still opens the time for which a
 * channel such as WhatsApp takes a text.
 */

import type { Ports } from "../../lambdas/app/ports.ts";
import { retryOnConflict } from "../../lambdas/app/retry-on-conflict.ts";
import { withInbound } from "../../lambdas/domain/customer/address-facts.ts";
import type { Channel } from "../../lambdas/domain/messages/channel.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";

/** `address`: the keyed hash of the address. */
export function noteInbound(
  address: string,
  channel: Channel,
  time: Time,
  { store }: Pick<Ports, "store">,
): Promise<void> {
  return retryOnConflict(async () => {
    const before = await store.addressFacts(address);
    const facts = withInbound(before, channel, time);
    if (facts !== before) await store.commit([{ kind: "address", facts }]);
  });
}
