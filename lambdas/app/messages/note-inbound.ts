/** Notes when a message came from an address: a channel such as WhatsApp takes a free answer only for some time. */
import { withInbound } from "../../domain/customer/address-facts.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import type { Time } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

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
