/**
 * An event arrives: it is stored with the customer's changes, and each journey that listens for it lets the customer
 * in or leaves a reason. Everything here may be done again after a crash at any point.
 */

import { isBeforeErasure } from "../../domain/customer/customer.ts";
import { keyOf } from "../../domain/enrollment/decide-entry.ts";
import type { CustomerEvent, StatusReport } from "../../domain/events/event.ts";
import { isNew, isYoung, RECHECK_SECONDS } from "../../domain/events/recheck.ts";
import type { HandledEventName } from "../../domain/events/system-events.ts";
import type { Catalog, LiveJourney } from "../../domain/journey/catalog.ts";
import { deleteCustomer, eraseIfDeleted } from "../exits/delete-customer.ts";
import { recordMessageStatus } from "../messages/record-message-status.ts";
import type { EnrollmentPorts } from "../ports.ts";
import { type EntryAttempt, enterJourney, storeReason } from "./enter-journey.ts";
import { type StoredEvent, storeEvent, storeEventOnly } from "./store-event.ts";

/** So many seconds later, the delivery is to come once more (`once-more.ts`); `undefined`: it need not. */
export type RecheckDelay = number | undefined;

export async function matchEvent(event: CustomerEvent, ports: EnrollmentPorts): Promise<RecheckDelay> {
  return (isHandled(event.name) ? special[event.name] : match)(event, ports);
}

const special: Record<HandledEventName, (event: CustomerEvent, ports: EnrollmentPorts) => Promise<RecheckDelay>> = {
  "customer.deleted": async (event, ports) => {
    await deleteCustomer(event.customerId, event.time, ports);
    return RECHECK_SECONDS.erased;
  },
  "customer.changed": (event, ports) => (event.system ? matchChange : match)(event, ports),
  "message.status": async ({ customerId, data, time }, ports) => {
    await recordMessageStatus({ customerId, time, ...(data as unknown as StatusReport) }, ports);
    return undefined;
  },
};

function isHandled(name: string): name is HandledEventName {
  return Object.hasOwn(special, name);
}

async function match(event: CustomerEvent, ports: EnrollmentPorts): Promise<RecheckDelay> {
  const catalog = await ports.journeys.catalog();
  const watched = catalog.watches(event.name);
  const heard = watched || catalog.triggeredBy(event.name).length > 0;
  if (!heard && event.changes === undefined && isYoung(event, ports.clock.now())) return storeEventOnly(event, ports);
  const recorded = await storeEvent(event, watched, ports);
  const onceMore = recorded === "forgotten" ? undefined : await matchRecorded(event, recorded, catalog, ports);
  if (!isYoung(event, ports.clock.now())) await eraseIfDeleted(event, ports);
  return onceMore;
}

function matchRecorded(
  event: CustomerEvent,
  { customer, known }: StoredEvent,
  catalog: Catalog,
  ports: EnrollmentPorts,
): Promise<RecheckDelay> {
  return each(catalog.triggeredBy(event.name), ports, (live) => {
    const occasion: EntryAttempt = {
      trigger: { eventId: event.id, deliveryId: event.deliveryId, name: event.name, time: event.time },
      event: event.data,
      key: keyOf(live.journey.trigger.key, event.data),
      hops: event.hops,
      redelivered: known === "again",
    };
    return known === "duplicate"
      ? storeReason("duplicate-event", live, customer, occasion, ports)
      : enterJourney(live, customer, occasion, ports);
  });
}

/** A change of the customer is considered by the journeys without a trigger event that read what has changed. */
async function matchChange(event: CustomerEvent, ports: EnrollmentPorts): Promise<RecheckDelay> {
  const catalog = await ports.journeys.catalog();
  const interested = catalog.triggeredByChange(event.data.fields as readonly string[]);
  if (interested.length === 0) return undefined;
  const customer = await ports.store.customer(event.customerId);
  if (isBeforeErasure(customer, event.time)) return undefined;
  const onceMore = await each(interested, ports, (live) => {
    const { id: eventId, deliveryId, time, hops, data } = event;
    const cause = typeof data.cause === "string" && { cause: data.cause };
    return enterJourney(live, customer, { trigger: { eventId, deliveryId, time, ...cause }, hops }, ports);
  });
  if (!isYoung(event, ports.clock.now())) await eraseIfDeleted(event, ports);
  return onceMore;
}

/**
 * Everybody gets their turn, then the first failure is told: the delivery comes again for those who missed it. Whom a
 * new journey has let in is looked after once more.
 */
async function each(
  journeys: readonly LiveJourney[],
  { clock }: Pick<EnrollmentPorts, "clock">,
  turn: (journey: LiveJourney) => Promise<"inside" | "outside">,
): Promise<RecheckDelay> {
  const failures: unknown[] = [];
  let onceMore: RecheckDelay;
  for (const journey of journeys)
    try {
      if ((await turn(journey)) === "inside" && isNew(journey, clock.now())) onceMore = RECHECK_SECONDS.entered;
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
  return onceMore;
}
