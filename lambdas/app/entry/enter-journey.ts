/** One journey considers one customer: in, once, or a reason why not. */

import type { Customer } from "../../domain/customer/customer.ts";
import { type Candidate, decideEntry } from "../../domain/enrollment/decide-entry.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import type { NotEntered } from "../../domain/reasons/reason.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import type { Json, JsonObject } from "../../domain/values/json.ts";
import { eventTimes } from "../event-times.ts";
import { catchUp } from "../exits/apply-to-enrollments.ts";
import type { EnrollmentPorts, Ports } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { createEnrollment, type Enrolled, type Entered } from "./create-enrollment.ts";

/** What might let a customer enter. */
export interface EntryAttempt {
  readonly trigger: Omit<Enrollment["trigger"], "customerRevision">;
  /** The event's data; absent for a change of the customer. */
  readonly event?: JsonObject;
  readonly key?: Json | undefined;
  readonly hops: number;
  /** Of an event: whether this very delivery was handled before, perhaps not to its end. */
  readonly redelivered?: boolean;
}

export async function enterJourney(
  live: LiveJourney,
  customer: Customer,
  occasion: EntryAttempt,
  ports: EnrollmentPorts,
): Promise<"inside" | "outside"> {
  const { journey } = live;
  const ref = enrollmentRef(live, customer, occasion);
  const candidate: Candidate = {
    now: ports.clock.now(),
    customer,
    ...(occasion.event && { event: occasion.event }),
    key: occasion.key,
    eventTimes: await eventTimes([journey.trigger.where, journey.trigger.audience], customer, ports),
    hops: occasion.hops,
  };
  const enrolled = await tryEntry(ref, live, candidate, occasion, ports);
  switch (enrolled.kind) {
    case "refused":
      // A change of a customer concerns few journeys: where the trigger's condition does not hold, no reason is stored.
      return occasion.event || enrolled.reason !== "where-false"
        ? storeReason(enrolled.reason, live, customer, occasion, ports)
        : "outside";
    case "entered":
      await startEnrollment(ref, ports, enrolled);
      return "inside";
    case "entered-before":
    case "erased":
      await startEnrollment(ref, ports);
      return "inside";
  }
}

/**
 * A customer enrolled by an earlier attempt stays enrolled. An event says whether it was handled before, a change does
 * not.
 */
async function tryEntry(
  ref: EnrollmentRef,
  live: LiveJourney,
  candidate: Candidate,
  { trigger, event, redelivered: again }: EntryAttempt,
  { store }: Pick<Ports, "store">,
): Promise<Enrolled> {
  const decided = decideEntry(live.journey, candidate);
  if (decided.kind === "enters") return createEnrollment(ref, live, candidate, trigger, { store });
  const mayBeInside = again || !event;
  return mayBeInside && (await store.enrollment(ref)) ? { kind: "entered-before" } : decided;
}

/** Which enrollment it is, or would be, that the occasion lets in: the same however often it comes. */
function enrollmentRef({ journey }: LiveJourney, customer: Customer, { trigger }: EntryAttempt): EnrollmentRef {
  const { customerId, deletedAt } = customer;
  // An erased customer's events are forgotten: the same event may let a new customer of that id in, as somebody else.
  const parts = [journey.id, customerId, trigger.eventId, ...(deletedAt ? [deletedAt] : [])];
  return { customerId, enrollmentId: deterministicId(...parts) };
}

export async function storeReason(
  reason: NotEntered,
  live: LiveJourney,
  customer: Customer,
  occasion: EntryAttempt,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<"outside"> {
  const { trigger, key } = occasion;
  const { eventId, deliveryId, name, time } = trigger;
  const about = {
    ...enrollmentRef(live, customer, occasion),
    journeyId: live.journey.id,
    journeyVersion: live.version,
    eventId,
    deliveryId,
    reason,
    time,
    at: clock.now(),
  };
  await store.commit([
    {
      kind: "reason",
      reason: { ...about, ...(name !== undefined && { event: name }), ...(key !== undefined && { key }) },
    },
  ]);
  return "outside";
}

/**
 * What follows an enrollment that was written: done again, it does nothing new. `entered`: what is known when it was
 * this very call that wrote it; nothing of it need be read again.
 */
export async function startEnrollment(ref: EnrollmentRef, ports: EnrollmentPorts, entered?: Entered): Promise<void> {
  const written = entered?.enrollment ?? (await ports.store.enrollment(ref));
  const caughtUp = written && (await catchUp(written, ports, entered?.customer));
  const enrollment = caughtUp ?? (await ports.store.enrollment(ref));
  if (enrollment?.status === "active" && enrollment.executions === 1) await ports.executions.start(ref, 1);
}
