/**
 * Handles an event: stores it with the customer's changes; then each journey that it triggers lets the customer enter or
 * stores a reason. Every step can be repeated after a crash.
 */

import { isBeforeErasure } from "../../domain/customer/customer.ts";
import { keyOf } from "../../domain/enrollment/key.ts";
import type { CustomerEvent, StatusReport } from "../../domain/events/event.ts";
import { isYoung, RECHECK_SECONDS, recheckOfEntry } from "../../domain/events/recheck.ts";
import type { HandledEventName } from "../../domain/events/system-events.ts";
import type { Catalog, LiveJourney } from "../../domain/journey/catalog.ts";
import { throwFirst } from "../errors.ts";
import { deleteCustomer, eraseIfDeleted } from "../exits/delete-customer.ts";
import { recordMessageStatus } from "../messages/record-message-status.ts";
import type { EnrollmentPorts } from "../ports.ts";
import { enterJourney, storeReason } from "./enter-journey.ts";
import type { EntryAttempt } from "./entry-attempt.ts";
import { type StoredEvent, storeEvent, storeEventOnly } from "./store-event.ts";

/** Seconds after which the delivery is rechecked (`recheck.ts`); `undefined`: it is not rechecked. */
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
    const { messageId, status } = data as unknown as StatusReport;
    await recordMessageStatus({ customerId, time, messageId, status, byApp: true }, ports);
    return undefined;
  },
};

function isHandled(name: string): name is HandledEventName {
  return Object.hasOwn(special, name);
}

async function match(event: CustomerEvent, ports: EnrollmentPorts): Promise<RecheckDelay> {
  const catalog = await ports.journeys.catalog();
  const watched = catalog.watches(event.name);
  const listened = watched || catalog.triggeredBy(event.name).length > 0;
  if (!listened && event.changes === undefined && isYoung(event, ports.clock.now()))
    return storeEventOnly(event, ports);
  const stored = await storeEvent(event, watched ? catalog.attributesRead(event.name) : undefined, ports);
  const recheckDelay = stored === "erased" ? undefined : await matchStored(event, stored, catalog, ports);
  if (!isYoung(event, ports.clock.now())) await eraseIfDeleted(event, ports);
  return recheckDelay;
}

function matchStored(
  event: CustomerEvent,
  { customer, known, sharesId }: StoredEvent,
  catalog: Catalog,
  ports: EnrollmentPorts,
): Promise<RecheckDelay> {
  return each(catalog.triggeredBy(event.name), ports, (live) => {
    const attempt: EntryAttempt = {
      trigger: {
        eventId: event.id,
        deliveryId: event.deliveryId,
        name: event.name,
        time: event.time,
        ...(sharesId && { sharesId }),
      },
      event: event.data,
      ...keyOf(live.journey.trigger.key, event.data),
      hops: event.hops,
      redelivered: known === "redelivered",
    };
    return known === "duplicate"
      ? storeReason("duplicate-event", live, customer, attempt, ports)
      : enterJourney(live, customer, attempt, ports);
  });
}

/** A change of the customer is an entry attempt for each journey without trigger event that reads a changed field. */
async function matchChange(event: CustomerEvent, ports: EnrollmentPorts): Promise<RecheckDelay> {
  const catalog = await ports.journeys.catalog();
  const interested = catalog.triggeredByChange(event.data.fields as readonly string[]);
  if (interested.length === 0) return undefined;
  const customer = await ports.store.customer(event.customerId);
  if (isBeforeErasure(customer, event.time)) return undefined;
  const recheckDelay = await each(interested, ports, (live) => {
    const { id: eventId, deliveryId, time, hops, data } = event;
    const { cause, causeName } = data;
    const made = {
      ...(typeof cause === "string" && { cause }),
      ...(typeof causeName === "string" && { causeName }),
    };
    return enterJourney(live, customer, { trigger: { eventId, deliveryId, time, ...made }, hops }, ports);
  });
  if (!isYoung(event, ports.clock.now())) await eraseIfDeleted(event, ports);
  return recheckDelay;
}

/**
 * Processes every journey, then rethrows the first error so that the delivery is repeated. If a journey that was
 * published a moment ago let the customer enter, the delivery is rechecked.
 */
async function each(
  journeys: readonly LiveJourney[],
  { clock }: Pick<EnrollmentPorts, "clock">,
  enter: (journey: LiveJourney) => Promise<"inside" | "outside">,
): Promise<RecheckDelay> {
  const failures: unknown[] = [];
  let recheckDelay: RecheckDelay;
  for (const journey of journeys)
    try {
      if ((await enter(journey)) === "inside") recheckDelay = recheckOfEntry(journey, clock.now()) ?? recheckDelay;
    } catch (error) {
      failures.push(error);
    }
  throwFirst(failures);
  return recheckDelay;
}
