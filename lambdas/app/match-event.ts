/**
 * An event arrives: it is stored with the customer's changes, and each journey that listens for it lets the customer
 * in or leaves a reason. Everything here may be done again after a crash at any point.
 */

import type { Catalog, LiveJourney } from "../domain/catalog.ts";
import { isForgotten } from "../domain/customer.ts";
import { keyOf } from "../domain/entry.ts";
import type { CustomerEvent, StatusReport } from "../domain/event.ts";
import type { HandledEventName } from "../domain/system-events.ts";
import { isNew, isYoung, ONCE_MORE } from "../domain/unheard.ts";
import { consider, leaveReason, type Occasion } from "./consider.ts";
import { deleteCustomer, forget } from "./delete-customer.ts";
import type { EnrollmentPorts } from "./ports.ts";
import { keep, type Recorded, record } from "./record-event.ts";
import { recordMessageStatus } from "./record-message-status.ts";

/** So many seconds later, the delivery is to come once more (`once-more.ts`); `undefined`: it need not. */
export type OnceMore = number | undefined;

export async function matchEvent(event: CustomerEvent, ports: EnrollmentPorts): Promise<OnceMore> {
  return (isHandled(event.name) ? special[event.name] : match)(event, ports);
}

const special: Record<HandledEventName, (event: CustomerEvent, ports: EnrollmentPorts) => Promise<OnceMore>> = {
  "customer.deleted": async (event, ports) => {
    await deleteCustomer(event.customerId, event.time, ports);
    return ONCE_MORE.erased;
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

async function match(event: CustomerEvent, ports: EnrollmentPorts): Promise<OnceMore> {
  const catalog = await ports.journeys.catalog();
  const watched = catalog.watches(event.name);
  const heard = watched || catalog.triggeredBy(event.name).length > 0;
  if (!heard && event.changes === undefined && isYoung(event, ports.clock.now())) return keep(event, ports);
  const recorded = await record(event, watched, ports);
  const onceMore = recorded === "forgotten" ? undefined : await matchRecorded(event, recorded, catalog, ports);
  if (!isYoung(event, ports.clock.now())) await forget(event, ports);
  return onceMore;
}

function matchRecorded(
  event: CustomerEvent,
  { customer, known }: Recorded,
  catalog: Catalog,
  ports: EnrollmentPorts,
): Promise<OnceMore> {
  return each(catalog.triggeredBy(event.name), ports, (live) => {
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
async function matchChange(event: CustomerEvent, ports: EnrollmentPorts): Promise<OnceMore> {
  const catalog = await ports.journeys.catalog();
  const interested = catalog.triggeredByChange(event.data.fields as readonly string[]);
  if (interested.length === 0) return undefined;
  const customer = await ports.store.customer(event.customerId);
  if (isForgotten(customer, event.time)) return undefined;
  const onceMore = await each(interested, ports, (live) => {
    const { id: eventId, deliveryId, time, hops, data } = event;
    const cause = typeof data.cause === "string" && { cause: data.cause };
    return consider(live, customer, { trigger: { eventId, deliveryId, time, ...cause }, hops }, ports);
  });
  if (!isYoung(event, ports.clock.now())) await forget(event, ports);
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
): Promise<OnceMore> {
  const failures: unknown[] = [];
  let onceMore: OnceMore;
  for (const journey of journeys)
    try {
      if ((await turn(journey)) === "inside" && isNew(journey, clock.now())) onceMore = ONCE_MORE.entered;
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
  return onceMore;
}
