/** Stores an event together with the customer's changes, once, however often the event is delivered. */

import type { Customer } from "../../domain/customer/customer.ts";
import { customerView, isBeforeErasure } from "../../domain/customer/customer.ts";
import { snapshotOf } from "../../domain/customer/customer-snapshot.ts";
import { mergeChanges } from "../../domain/customer/merge-changes.ts";
import type { CustomerEvent } from "../../domain/events/event.ts";
import { customerWrites } from "../customer-writes.ts";
import { ConflictError } from "../errors.ts";
import { findEvent } from "../find-event.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface StoredEvent {
  readonly customer: Customer;
  /** Whether an earlier event with another name has the same id. */
  readonly sharesId: boolean;
  /** Whether the event was stored before: by this delivery, whose handling may have crashed, or by another delivery. */
  readonly known: "no" | "redelivered" | "duplicate";
}

/** Stores the event and the customer's changes. A later delivery with another delivery id is a duplicate. */
export function storeEvent(
  event: CustomerEvent,
  /** For an event that a rule may listen to: the customer attributes that such rules read. */
  read: readonly string[] | undefined,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<StoredEvent | "erased"> {
  let sharesId = false;
  return retryOnConflict(async () => {
    const before = await store.customer(event.customerId);
    if (isBeforeErasure(before, event.time)) return "erased";
    const after = event.changes ? mergeChanges(before, event.changes, event.time, event.hops, event) : before;
    const customer = after === before ? before : { ...after, revision: before.revision + 1 };
    const reads = read && snapshotOf(customerView(customer), read);
    try {
      await store.commit([
        {
          kind: "event",
          event: { ...event, ...(sharesId && { sharesId }), ...(reads && { reads }), handledAt: clock.now() },
          watched: read !== undefined,
        },
        ...(after === before ? [] : customerWrites(before, customer)),
      ]);
      return { customer, sharesId, known: "no" };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const found = await findEvent(event.customerId, event, { store });
      sharesId = found.sharesId;
      const stored = found.event;
      if (!stored) throw error;
      return {
        customer: before,
        sharesId,
        known: stored.deliveryId === event.deliveryId ? "redelivered" : "duplicate",
      };
    }
  });
}

/** Stores an event that no journey listens to. Nothing else is read, and a repetition leaves no reason. */
export function storeEventOnly(
  event: CustomerEvent,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<undefined> {
  let sharesId = false;
  return retryOnConflict(async () => {
    try {
      const stored = { ...event, ...(sharesId && { sharesId }), handledAt: clock.now() };
      await store.commit([{ kind: "event", event: stored, watched: false }]);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const found = await findEvent(event.customerId, event, { store });
      sharesId = found.sharesId;
      if (!found.event) throw error;
    }
    return undefined;
  });
}
