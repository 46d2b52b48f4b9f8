/** One entry attempt: one customer enters one journey at most once, or the reason for the refusal is stored. */

import type { Customer } from "../../domain/customer/customer.ts";
import { type Candidate, decideEntry } from "../../domain/enrollment/decide-entry.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import type { NotEntered } from "../../domain/reasons/reason.ts";
import { later } from "../../domain/time/time.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import { eventTimes } from "../event-times.ts";
import { catchUp } from "../exits/apply-to-enrollments.ts";
import { keepTriggerEvent } from "../keep-trigger-event.ts";
import type { EnrollmentPorts, Ports } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { versionsOf } from "../versions.ts";
import { createEnrollment, type Enrolled, type Entered } from "./create-enrollment.ts";
import type { EntryAttempt } from "./entry-attempt.ts";
import { findBeforeTombstone, findEnrollment } from "./find-enrollment.ts";

export async function enterJourney(
  live: LiveJourney,
  customer: Customer,
  attempt: EntryAttempt,
  ports: EnrollmentPorts,
): Promise<"inside" | "outside"> {
  const enrolled = await attemptEntry(live, customer, attempt, ports);
  if (enrolled.kind !== "refused") return "inside";
  // Most changes do not meet the trigger's condition. Such a change stores no reason.
  if (attempt.event || enrolled.reason !== "where-false")
    await storeReason(enrolled.reason, live, customer, attempt, ports);
  return "outside";
}

/** Enrolls the customer and starts the execution, or says why not. Stores no reason. */
export async function attemptEntry(
  live: LiveJourney,
  customer: Customer,
  attempt: EntryAttempt,
  ports: EnrollmentPorts,
): Promise<Enrolled> {
  const earlier =
    attempt.redelivered &&
    (await findBeforeTombstone({ journeyId: live.journey.id, customer }, attempt.trigger, ports));
  if (earlier) {
    await startEnrollment(earlier, ports);
    return { kind: "entered-before" };
  }
  const ref = enrollmentRef(live, customer, attempt);
  const candidate = await candidateOf(live, customer, attempt, ports);
  const enrolled = await tryEntry(ref, live, candidate, attempt, ports);
  if (enrolled.kind === "entered") await startEnrollment(ref, ports, enrolled);
  else if (enrolled.kind !== "refused") await startEnrollment(ref, ports);
  return enrolled;
}

export async function candidateOf(
  { journey }: LiveJourney,
  customer: Customer,
  { event, key, unusableKey, trigger, hops }: EntryAttempt,
  ports: Pick<Ports, "store" | "clock">,
): Promise<Candidate> {
  return {
    now: ports.clock.now(),
    customer,
    ...(event && { event }),
    key,
    ...(unusableKey && { unusableKey: true }),
    ...(trigger.run !== undefined && { byRun: true }),
    eventTimes: await eventTimes([journey.trigger.where, journey.trigger.audience], customer, ports),
    hops,
  };
}

/**
 * A customer enrolled by an earlier attempt stays enrolled. For a change, no item tells whether it was handled before, so
 * the enrollment is always looked up.
 */
async function tryEntry(
  ref: EnrollmentRef,
  live: LiveJourney,
  candidate: Candidate,
  attempt: EntryAttempt,
  ports: Pick<Ports, "store" | "clock" | "journeys">,
): Promise<Enrolled> {
  const decided = decideEntry(live.journey, candidate);
  if (decided.kind === "enters") return createEnrollment(ref, live, candidate, attempt, ports);
  const mayBeInside = attempt.redelivered || !attempt.event;
  return mayBeInside && (await findEnrollment(ref, attempt.trigger, ports)) ? { kind: "entered-before" } : decided;
}

/** Names the enrollment of this entry attempt. A repeated attempt names the same enrollment. */
export function enrollmentRef(
  { journey }: LiveJourney,
  customer: Customer,
  { trigger }: Pick<EntryAttempt, "trigger">,
): EnrollmentRef {
  const { customerId, deletedAt } = customer;
  // The events of an erased customer are deleted. The same event may let a new customer with this id enter, so the
  // enrollment of the new customer gets another id.
  const { eventId, name, sharesId } = trigger;
  const shared = sharesId && name !== undefined ? [name] : [];
  const parts = [journey.id, customerId, eventId, ...shared, ...(deletedAt ? [deletedAt] : [])];
  return { customerId, enrollmentId: deterministicId(...parts) };
}

export async function storeReason(
  reason: NotEntered,
  live: LiveJourney,
  customer: Customer,
  attempt: EntryAttempt,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<"outside"> {
  const { trigger, key } = attempt;
  const { eventId, deliveryId, name, time } = trigger;
  const about = {
    ...enrollmentRef(live, customer, attempt),
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
 * Does what follows the creation of an enrollment: keep its trigger event, catch up, and start the execution. A repetition
 * changes nothing.
 * `entered`: given if the same call has created the enrollment, which saves reading it again.
 */
export async function startEnrollment(ref: EnrollmentRef, ports: EnrollmentPorts, entered?: Entered): Promise<void> {
  const written = entered?.enrollment ?? (await ports.store.enrollment(ref));
  if (written) await keepForEntry(written, ports);
  const caughtUp = written && (await catchUp(written, ports, entered?.customer));
  const enrollment = caughtUp ?? (await ports.store.enrollment(ref));
  if (enrollment?.status === "active" && enrollment.executions === 1) await ports.executions.start(ref, 1);
}

async function keepForEntry(enrollment: Enrollment, ports: EnrollmentPorts): Promise<void> {
  const { live } = await versionsOf(enrollment, ports);
  const now = ports.clock.now();
  const firstCall = later(now, enrollment.position.notBefore ?? now);
  await keepTriggerEvent(enrollment, live, enrollment.status === "active" ? firstCall : undefined, ports);
}
