/**
 * One customer's turn in an audience run: the customer enters the journey, or the answer says why not. A repetition finds
 * the enrollment that an earlier call made, and gives the same answer.
 */
import { evaluate } from "../../domain/conditions/evaluate.ts";
import { type Customer, customerView, hasProfile, isTombstone } from "../../domain/customer/customer.ts";
import { keyOf } from "../../domain/enrollment/key.ts";
import type { CustomerEvent } from "../../domain/events/event.ts";
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import { type AudienceRun, type Considered, runEventId } from "../../domain/schedule/audience-run.ts";
import { turnOf } from "../../domain/schedule/turn.ts";
import { minus } from "../../domain/time/time.ts";
import { attemptEntry, enrollmentRef, storeReason } from "../entry/enter-journey.ts";
import type { EntryAttempt } from "../entry/entry-attempt.ts";
import { findEnrollment } from "../entry/find-enrollment.ts";
import { eventTimes } from "../event-times.ts";
import type { EnrollmentPorts } from "../ports.ts";

const outside: Considered = { kind: "outside" };

export async function considerCustomer(
  run: AudienceRun,
  customerId: string,
  live: LiveJourney,
  ports: EnrollmentPorts,
): Promise<Considered> {
  const customer = await ports.store.customer(customerId);
  // A person may name a customer of whom nothing is known yet, but no run brings back an erased customer.
  const isCandidate = run.aim.kind === "customers" ? !isTombstone(customer) : hasProfile(customer);
  if (!isCandidate) return outside;
  const event = run.aim.kind === "event" ? await newestEvent(run.aim, live, customer, ports) : undefined;
  if (run.aim.kind === "event" && !event) return outside;
  if (!(await isAimedAt(run, live, customer, ports))) return outside;
  const turn = turnOf(live.journey, customer, run.local);
  if (turn.kind === "another-day") return outside;
  if (turn.kind === "no-time") return { kind: "refused", reason: "no-time" };
  const attempt: EntryAttempt = {
    trigger: event ? triggerEvent(event, run) : triggerRun(run, ports),
    ...(event && { event: event.data, ...keyOf(live.journey.trigger.key, event.data) }),
    hops: event?.hops ?? 0,
    ...(turn.from !== undefined && { notBefore: turn.from }),
  };
  if (event && (await enteredOtherwise(live, customer, attempt, ports)))
    return refused("duplicate-event", run, live, customer, attempt, ports);
  const enrolled = await attemptEntry(live, customer, attempt, ports);
  switch (enrolled.kind) {
    case "entered":
    case "entered-before":
      return { kind: "entered" };
    case "erased":
      return outside;
    case "refused":
      return refused(enrolled.reason, run, live, customer, attempt, ports);
  }
}

function triggerRun({ runId }: AudienceRun, { clock }: Pick<EnrollmentPorts, "clock">): EntryAttempt["trigger"] {
  return { eventId: runEventId(runId), deliveryId: runEventId(runId), time: clock.now(), run: runId };
}

function triggerEvent({ id, deliveryId, name, time }: CustomerEvent, { runId }: AudienceRun): EntryAttempt["trigger"] {
  return { eventId: id, deliveryId, name, time, run: runId };
}

/** The newest event on which the trigger's condition holds, else the newest event: its refusal says why. */
async function newestEvent(
  { name, within }: { readonly name: string; readonly within: string },
  { journey }: LiveJourney,
  customer: Customer,
  { store, clock }: Pick<EnrollmentPorts, "store" | "clock">,
): Promise<CustomerEvent | undefined> {
  const now = clock.now();
  const events = (await store.events(customer.customerId, name, minus(now, within))).toReversed();
  const { where } = journey.trigger;
  const { timezone } = journey;
  const holds = ({ data }: CustomerEvent) =>
    where === undefined || evaluate(where, { now, customer: customerView(customer), event: data, timezone });
  return events.find(holds) ?? events[0];
}

async function isAimedAt(
  { aim }: AudienceRun,
  { journey }: LiveJourney,
  customer: Customer,
  ports: Pick<EnrollmentPorts, "store" | "clock">,
): Promise<boolean> {
  if (aim.kind !== "audience") return true;
  const { timezone } = journey;
  const counted = await eventTimes([aim.where], customer, ports);
  return evaluate(aim.where, {
    now: ports.clock.now(),
    customer: customerView(customer),
    timezone,
    eventTimes: counted,
  });
}

/** Whether the event let the customer in before, by itself or in another run. */
async function enteredOtherwise(
  live: LiveJourney,
  customer: Customer,
  attempt: EntryAttempt,
  ports: EnrollmentPorts,
): Promise<boolean> {
  const enrollment = await findEnrollment(enrollmentRef(live, customer, attempt), attempt.trigger, ports);
  return enrollment !== undefined && enrollment.trigger.run !== attempt.trigger.run;
}

/** A run counts refusals. A reason is stored only for a customer that the person who started the run has named. */
async function refused(
  reason: Extract<Considered, { kind: "refused" }>["reason"] & Parameters<typeof storeReason>[0],
  { aim }: AudienceRun,
  live: LiveJourney,
  customer: Customer,
  attempt: EntryAttempt,
  ports: EnrollmentPorts,
): Promise<Considered> {
  if (aim.kind === "customers") await storeReason(reason, live, customer, attempt, ports);
  return { kind: "refused", reason };
}
