/**
 * Unsubscribes a customer from all marketing, or from a topic. The change gets the newest time, so that an older event
 * that arrives late cannot undo it.
 */
import { mergeChanges, topicFact } from "../../domain/customer/merge-changes.ts";
import type { Recipient } from "../../domain/customer/unsubscribe-link.ts";
import { later, plus } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/** Without a topic the customer unsubscribes from all marketing. */
export function unsubscribe(
  { customerId, topic }: Recipient,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<void> {
  return retryOnConflict(async () => {
    const before = await store.customer(customerId);
    // A customer without stored data gets no messages, so nothing is stored; a tombstone gets no attributes.
    if (before.revision === 0 || (before.deletedAt !== undefined && Object.keys(before.times).length === 0)) return;
    const [name, changes] =
      topic === undefined
        ? ["unsubscribed", { unsubscribed: true }]
        : [topicFact(topic), { topics: { [topic]: false } }];
    const newest = later(clock.now(), before.times[name] ?? "");
    const at = before.deletedAt === undefined ? newest : later(newest, plus(before.deletedAt, "PT0.001S"));
    const after = mergeChanges(before, changes, at, 0);
    if (after !== before)
      await store.commit([{ kind: "customer", customer: { ...after, revision: before.revision + 1 } }]);
  });
}
