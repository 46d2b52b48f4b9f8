/** One journey considers one customer: in, once, or a reason why not. */

import type { LiveJourney } from "../domain/catalog.ts";
import type { Customer } from "../domain/customer.ts";
import type { Enrollment } from "../domain/enrollment.ts";
import { type Candidate, decideEntry } from "../domain/entry.ts";
import { deterministicId } from "../domain/hash.ts";
import type { Json, JsonObject } from "../domain/json.ts";
import type { NotEntered } from "../domain/reason.ts";
import { type Enrolled, type Entered, enroll } from "./enroll.ts";
import { happened } from "./happened.ts";
import { catchUp } from "./judge-happening.ts";
import type { EnrollmentPorts, Ports } from "./ports.ts";
import type { EnrollmentRef } from "./store.ts";

/** What might let a customer enter. */
export interface Occasion {
  readonly trigger: Omit<Enrollment["trigger"], "customerRevision">;
  /** The event's data; absent for a change of the customer. */
  readonly event?: JsonObject;
  readonly key?: Json | undefined;
  readonly hops: number;
  /** Of an event: whether this very delivery was handled before, perhaps not to its end. */
  readonly again?: boolean;
}

export async function consider(
  live: LiveJourney,
  customer: Customer,
  occasion: Occasion,
  ports: EnrollmentPorts,
): Promise<"inside" | "outside"> {
  const { journey } = live;
  const ref = enrollmentRef(live, customer, occasion);
  const candidate: Candidate = {
    now: ports.clock.now(),
    customer,
    ...(occasion.event && { event: occasion.event }),
    key: occasion.key,
    happened: await happened([journey.trigger.where, journey.trigger.audience], customer, ports),
    hops: occasion.hops,
  };
  const enrolled = await tryEntry(ref, live, candidate, occasion, ports);
  switch (enrolled.kind) {
    case "refused":
      // A change of a customer concerns few journeys: where the trigger's condition does not hold, no reason is stored.
      return occasion.event || enrolled.reason !== "where-false"
        ? leaveReason(enrolled.reason, live, customer, occasion, ports)
        : "outside";
    case "entered":
      await begin(ref, ports, enrolled);
      return "inside";
    case "entered-before":
    case "erased":
      await begin(ref, ports);
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
  { trigger, event, again }: Occasion,
  { store }: Pick<Ports, "store">,
): Promise<Enrolled> {
  const decided = decideEntry(live.journey, candidate);
  if (decided.kind === "enters") return enroll(ref, live, candidate, trigger, { store });
  const mayBeInside = again || !event;
  return mayBeInside && (await store.enrollment(ref)) ? { kind: "entered-before" } : decided;
}

/** Which enrollment it is, or would be, that the occasion lets in: the same however often it comes. */
function enrollmentRef({ journey }: LiveJourney, customer: Customer, { trigger }: Occasion): EnrollmentRef {
  const { customerId, deletedAt } = customer;
  // An erased customer's events are forgotten: the same event may let a new customer of that id in, as somebody else.
  const parts = [journey.id, customerId, trigger.eventId, ...(deletedAt ? [deletedAt] : [])];
  return { customerId, enrollmentId: deterministicId(...parts) };
}

export async function leaveReason(
  reason: NotEntered,
  live: LiveJourney,
  customer: Customer,
  occasion: Occasion,
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
export async function begin(ref: EnrollmentRef, ports: EnrollmentPorts, entered?: Entered): Promise<void> {
  const written = entered?.enrollment ?? (await ports.store.enrollment(ref));
  const caughtUp = written && (await catchUp(written, ports, entered?.customer));
  const enrollment = caughtUp ?? (await ports.store.enrollment(ref));
  if (enrollment?.status === "active" && enrollment.executions === 1) await ports.executions.start(ref, 1);
}
