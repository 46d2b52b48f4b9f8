/** An event is stored, with the customer's changes: once, whoever delivers it how often. */

import type { Customer } from "../../domain/customer/customer.ts";
import { isBeforeErasure } from "../../domain/customer/customer.ts";
import { mergeChanges } from "../../domain/customer/merge-changes.ts";
import type { CustomerEvent } from "../../domain/events/event.ts";
import { ConflictError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface StoredEvent {
  readonly customer: Customer;
  /** Whether the event was known: from this very delivery, which may have died half-way, or from another. */
  readonly known: "no" | "again" | "duplicate";
}

/** Stores the event and the customer's changes. The first delivery of an event owns it. */
export function storeEvent(
  event: CustomerEvent,
  watched: boolean,
  { store }: Pick<Ports, "store">,
): Promise<StoredEvent | "forgotten"> {
  return retryOnConflict(async () => {
    const before = await store.customer(event.customerId);
    if (isBeforeErasure(before, event.time)) return "forgotten";
    const after = event.changes ? mergeChanges(before, event.changes, event.time, event.hops, event.id) : before;
    const customer = after === before ? before : { ...after, revision: before.revision + 1 };
    try {
      await store.commit([
        { kind: "event", event, watched },
        ...(after === before ? [] : [{ kind: "customer" as const, customer }]),
      ]);
      return { customer, known: "no" };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const stored = await store.event(event.customerId, event.id);
      if (!stored) throw error;
      return { customer: before, known: stored.deliveryId === event.deliveryId ? "again" : "duplicate" };
    }
  });
}

/** Stores an event that nobody listens to, without a look at anything. Of a repetition there is nothing to say either. */
export function storeEventOnly(event: CustomerEvent, { store }: Pick<Ports, "store">): Promise<undefined> {
  return retryOnConflict(async () => {
    try {
      await store.commit([{ kind: "event", event, watched: false }]);
    } catch (error) {
      if (!(error instanceof ConflictError && (await store.event(event.customerId, event.id)))) throw error;
    }
    return undefined;
  });
}
