/**
 * Unsubscribes a customer from all marketing, from a topic or from a channel. The change gets the newest time, so that an
 * older event that arrives late cannot undo it.
 */
import { type AddressFacts, hasStopped } from "../../domain/customer/address-facts.ts";
import type { Customer } from "../../domain/customer/customer.ts";
import { mergeChanges, topicFact } from "../../domain/customer/merge-changes.ts";
import { textsIn, withChannel } from "../../domain/customer/reserved-attributes.ts";
import type { Recipient } from "../../domain/customer/unsubscribe-link.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import { later, plus } from "../../domain/time/time.ts";
import type { JsonObject } from "../../domain/values/json.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

type UnsubscribePorts = Pick<Ports, "store" | "clock">;

/** The key of the fact's time in `times`, and the changes that state the fact. */
type Fact = readonly [name: string, changes: JsonObject];

/** Without a topic the customer unsubscribes from all marketing. */
export function unsubscribe({ customerId, topic }: Recipient, ports: UnsubscribePorts): Promise<void> {
  return state(customerId, ports, () =>
    topic === undefined ? ["unsubscribed", { unsubscribed: true }] : [topicFact(topic), { topics: { [topic]: false } }],
  );
}

/**
 * `facts`: of the customer's number; absent where numbers have no facts about STOP. The new list is newer than each STOP
 * from the number, so it must name every channel that such a STOP has ended.
 */
export function unsubscribeFromChannel(
  customerId: string,
  channel: Channel,
  ports: UnsubscribePorts,
  facts?: AddressFacts,
): Promise<void> {
  return state(customerId, ports, ({ attributes, times }) => {
    const stopped = Object.keys(facts?.stopped ?? {}).filter((each) =>
      hasStopped(facts, each, times.unsubscribedChannels),
    );
    const list = [...stopped, channel].reduce(withChannel, textsIn(attributes.unsubscribedChannels));
    return ["unsubscribedChannels", { unsubscribedChannels: list }];
  });
}

function state(
  customerId: string,
  { store, clock }: UnsubscribePorts,
  factOf: (before: Customer) => Fact,
): Promise<void> {
  return retryOnConflict(async () => {
    const before = await store.customer(customerId);
    // A customer without stored data gets no messages, so nothing is stored; a tombstone gets no attributes.
    if (before.revision === 0 || (before.deletedAt !== undefined && Object.keys(before.times).length === 0)) return;
    const [name, changes] = factOf(before);
    const newest = later(clock.now(), before.times[name] ?? "");
    const at = before.deletedAt === undefined ? newest : later(newest, plus(before.deletedAt, "PT0.001S"));
    const after = mergeChanges(before, changes, at, 0);
    if (after !== before)
      await store.commit([{ kind: "customer", customer: { ...after, revision: before.revision + 1 } }]);
  });
}
