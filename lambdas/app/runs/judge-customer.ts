/**
 * Whether an audience run is about a customer, and whether its trigger lets them in. The decision only reads. So a run
 * can make it before it puts a customer on the queue, and `journeys enter` can make it before a person confirms.
 */
import { evaluate } from "../../domain/conditions/evaluate.ts";
import {
  type Customer,
  customerView,
  hasProfile,
  isBeforeErasure,
  isTombstone,
} from "../../domain/customer/customer.ts";
import { decideEntry } from "../../domain/enrollment/decide-entry.ts";
import { keyOf } from "../../domain/enrollment/key.ts";
import type { CustomerEvent } from "../../domain/events/event.ts";
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import { type AudienceRun, type Considered, type Refusal, runEventId } from "../../domain/schedule/audience-run.ts";
import { turnOf } from "../../domain/schedule/turn.ts";
import { minus } from "../../domain/time/time.ts";
import { candidateOf, enrollmentRef } from "../entry/enter-journey.ts";
import type { EntryAttempt } from "../entry/entry-attempt.ts";
import { findEnrollment } from "../entry/find-enrollment.ts";
import type { Ports } from "../ports.ts";
import { holdsNow } from "./holds-now.ts";

export type JudgePorts = Pick<Ports, "clock" | "store">;

export type Judged =
  | { readonly kind: "outside" }
  /** `attempt`: absent if the customer has no turn at all. */
  | { readonly kind: "refused"; readonly reason: Refusal; readonly attempt?: EntryAttempt }
  | { readonly kind: "candidate"; readonly attempt: EntryAttempt };

const outside: Judged = { kind: "outside" };

export async function judgeCustomer(
  run: AudienceRun,
  customer: Customer,
  live: LiveJourney,
  ports: JudgePorts,
): Promise<Judged> {
  // A person may name a customer of whom nothing is known yet, but no run brings back an erased customer.
  const isCandidate = run.aim.kind === "customers" ? !isTombstone(customer) : hasProfile(customer);
  if (!isCandidate) return outside;
  const event = run.aim.kind === "event" ? await newestEvent(run.aim, live, customer, ports) : undefined;
  if (run.aim.kind === "event" && !event) return outside;
  const trigger = event ? triggerEvent(event, run) : triggerRun(run);
  // The customer was erased after the trigger, and has come back. The erasure is over, so a stored reason would stay.
  if (isBeforeErasure(customer, trigger.time)) return outside;
  const { aim } = run;
  if (aim.kind === "audience" && !(await holdsNow(aim.where, live.journey.timezone, customer, ports))) return outside;
  const turn = turnOf(live.journey, customer, run.local);
  if (turn.kind === "another-day") return outside;
  if (turn.kind === "no-time") return { kind: "refused", reason: "no-time" };
  const attempt: EntryAttempt = {
    trigger,
    ...(event && { event: event.data, ...keyOf(live.journey.trigger.key, event.data) }),
    hops: event?.hops ?? 0,
    ...(turn.from !== undefined && { notBefore: turn.from }),
  };
  if (event && (await enteredOtherwise(live, customer, attempt, ports)))
    return { kind: "refused", reason: "duplicate-event", attempt };
  return { kind: "candidate", attempt };
}

/**
 * Whether the customer would enter now. A rule about the customer's enrollments inside is left to the entry itself,
 * which reads them.
 */
export async function previewCustomer(
  run: AudienceRun,
  customer: Customer,
  live: LiveJourney,
  ports: JudgePorts,
): Promise<Considered> {
  const judged = await judgeCustomer(run, customer, live, ports);
  if (judged.kind !== "candidate") return judged;
  const { journey } = live;
  const candidate = await candidateOf(live, customer, judged.attempt, ports);
  const early = decideEntry(journey, candidate);
  if (early.kind === "refused") return early;
  const entry = await ports.store.entry(customer.customerId, journey.id, candidate.key);
  const decided = decideEntry(journey, candidate, { customer, entry, inside: 0 });
  return decided.kind === "enters" ? { kind: "entered" } : decided;
}

/** The trigger of a run is as old as the run, however late it comes to a customer. */
function triggerRun({ runId, startedAt }: AudienceRun): EntryAttempt["trigger"] {
  return { eventId: runEventId(runId), deliveryId: runEventId(runId), time: startedAt, run: runId };
}

function triggerEvent({ id, deliveryId, name, time }: CustomerEvent, { runId }: AudienceRun): EntryAttempt["trigger"] {
  return { eventId: id, deliveryId, name, time, run: runId };
}

/** The newest event on which the trigger's condition holds, else the newest event: its refusal says why. */
async function newestEvent(
  { name, within }: { readonly name: string; readonly within: string },
  { journey }: LiveJourney,
  customer: Customer,
  { store, clock }: JudgePorts,
): Promise<CustomerEvent | undefined> {
  const now = clock.now();
  const events = (await store.events(customer.customerId, name, minus(now, within))).toReversed();
  const { where } = journey.trigger;
  const { timezone } = journey;
  const holds = ({ data }: CustomerEvent) =>
    where === undefined || evaluate(where, { now, customer: customerView(customer), event: data, timezone });
  return events.find(holds) ?? events[0];
}

/** Whether the event let the customer in before, by itself or in another run. */
export async function enteredOtherwise(
  live: LiveJourney,
  customer: Customer,
  { trigger }: EntryAttempt,
  ports: JudgePorts,
): Promise<boolean> {
  const enrollment = await findEnrollment(enrollmentRef(live, customer, { trigger }), trigger, ports);
  return enrollment !== undefined && enrollment.trigger.run !== trigger.run;
}
