/**
 * An event arrives: it is stored with the customer's changes, and each journey that listens for it lets the customer
 * in or leaves a reason. Everything here may be done again after a crash at any point.
 */

import type { LiveJourney } from "../domain/catalog.ts";
import type { Customer } from "../domain/customer.ts";
import { isForgotten } from "../domain/customer.ts";
import { mergeChanges } from "../domain/customer-merge.ts";
import { keyOf } from "../domain/entry.ts";
import type { CustomerEvent, StatusReport } from "../domain/event.ts";
import { consider, leaveReason, type Occasion } from "./consider.ts";
import { deleteCustomer, forget } from "./delete-customer.ts";
import { ConflictError } from "./errors.ts";
import type { Ports } from "./ports.ts";
import { recordMessageStatus } from "./record-message-status.ts";
import { decideAgain } from "./retry.ts";

export async function matchEvent(event: CustomerEvent, ports: Ports): Promise<void> {
  const handler = Object.hasOwn(special, event.name) ? special[event.name] : undefined;
  await (handler ?? match)(event, ports);
}

const special: Record<string, (event: CustomerEvent, ports: Ports) => Promise<void>> = {
  "customer.deleted": (event, ports) => deleteCustomer(event.customerId, event.time, ports),
  "customer.changed": (event, ports) => (event.system ? matchChange(event, ports) : match(event, ports)),
  "message.status": async ({ customerId, data, time }, ports) => {
    await recordMessageStatus({ customerId, time, ...(data as unknown as StatusReport) }, ports);
  },
};

async function match(event: CustomerEvent, ports: Ports): Promise<void> {
  await matchRecorded(event, await record(event, ports), ports);
  await forget(event, ports);
}

async function matchRecorded(event: CustomerEvent, recorded: Recorded | "forgotten", ports: Ports): Promise<void> {
  if (recorded === "forgotten") return;
  const { customer, known } = recorded;
  const catalog = await ports.journeys.catalog();
  await each(catalog.triggeredBy(event.name), (live) => {
    const occasion: Occasion = {
      trigger: { eventId: event.id, deliveryId: event.deliveryId, name: event.name, time: event.time },
      event: event.data,
      key: keyOf(live.journey.trigger.key, event.data),
      hops: event.hops,
      again: known === "again",
    };
    return known === "duplicate"
      ? leaveReason("duplicate-event", live, customer, occasion, ports)
      : consider(live, customer, occasion, ports);
  });
}

/** A change of the customer is considered by the journeys without a trigger event that read what has changed. */
async function matchChange(event: CustomerEvent, ports: Ports): Promise<void> {
  const catalog = await ports.journeys.catalog();
  const interested = catalog.triggeredByChange(event.data.fields as readonly string[]);
  if (interested.length === 0) return;
  const customer = await ports.store.customer(event.customerId);
  if (isForgotten(customer, event.time)) return;
  await each(interested, (live) => {
    const { id: eventId, deliveryId, time, hops, data } = event;
    const cause = typeof data.cause === "string" && { cause: data.cause };
    return consider(live, customer, { trigger: { eventId, deliveryId, time, ...cause }, hops }, ports);
  });
  await forget(event, ports);
}

/** Everybody gets their turn, then the first failure is told: the delivery comes again for those who missed it. */
async function each(journeys: readonly LiveJourney[], turn: (journey: LiveJourney) => Promise<void>) {
  const failures: unknown[] = [];
  for (const journey of journeys) await turn(journey).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

interface Recorded {
  readonly customer: Customer;
  /** Whether the event was known: from this very delivery, which may have died half-way, or from another. */
  readonly known: "no" | "again" | "duplicate";
}

/** Stores the event and the customer's changes, once. The first delivery of an event owns it. */
function record(event: CustomerEvent, { store }: Ports): Promise<Recorded | "forgotten"> {
  return decideAgain(async () => {
    const before = await store.customer(event.customerId);
    if (isForgotten(before, event.time)) return "forgotten";
    const after = event.changes ? mergeChanges(before, event.changes, event.time, event.hops, event.id) : before;
    const customer = after === before ? before : { ...after, revision: before.revision + 1 };
    try {
      await store.commit([
        { kind: "event", event },
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
