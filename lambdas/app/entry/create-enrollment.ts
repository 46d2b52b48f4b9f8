/** Creates an enrollment, once, on condition that the items on which the decision depends are unchanged. */

import { COUNTED_TOGETHER } from "../../domain/counters/counts.ts";
import { type Customer, isBeforeErasure } from "../../domain/customer/customer.ts";
import { mayBeClosed } from "../../domain/enrollment/closed.ts";
import { type Candidate, decideEntry, entryAfter } from "../../domain/enrollment/decide-entry.ts";
import { type Enrollment, GRACE } from "../../domain/enrollment/enrollment.ts";
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import { entryRuleOf } from "../../domain/journey/starts.ts";
import type { EntryRule } from "../../domain/journey/trigger.ts";
import type { NotEntered } from "../../domain/reasons/reason.ts";
import { justBefore, plus } from "../../domain/time/time.ts";
import { type Json, same } from "../../domain/values/json.ts";
import { ConflictError } from "../errors.ts";
import { closeEnrollments } from "../exits/close-enrollments.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { EnrollmentRef } from "../store.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import type { EntryAttempt } from "./entry-attempt.ts";

/** The enrollment that this call has created, and the customer as stored at that moment. */
export interface Entered {
  readonly kind: "entered";
  readonly enrollment: Enrollment;
  readonly customer: Customer;
}

export type Enrolled =
  | Entered
  /** An earlier attempt has created the enrollment. */
  | { readonly kind: "entered-before" }
  /** The customer was erased after the event happened. */
  | { readonly kind: "erased" }
  | { readonly kind: "refused"; readonly reason: NotEntered };

/**
 * Creates the enrollment, or gives the reason for a refusal. The conditional write decides: a repeated call finds the
 * enrollment stored. The write also fails if the customer has changed since they were read, so that a customer who was
 * erased in between does not enter.
 */
export function createEnrollment(
  ref: EnrollmentRef,
  { version, journey }: LiveJourney,
  candidate: Candidate,
  { trigger, notBefore, also = [] }: Pick<EntryAttempt, "trigger" | "notBefore" | "also">,
  ports: Pick<Ports, "store" | "clock" | "journeys">,
): Promise<Enrolled> {
  const { store } = ports;
  const { now, key, unusableKey, hops } = candidate;
  const here = { customerId: ref.customerId, journeyId: journey.id, ...(key !== undefined && { key }) };
  let { customer } = candidate;
  return retryOnConflict(async () => {
    if (isBeforeErasure(customer, trigger.time)) return { kind: "erased" };
    // The condition of the write below does not see closed enrollments.
    if (mayBeClosed(trigger.time, now) && (await store.enrollment(ref))) return { kind: "entered-before" };
    const entry = await store.entry(ref.customerId, journey.id, key);
    const inside = countsInside(entryRuleOf(journey.trigger)) ? await insideNow(here, ports) : 0;
    const decided = decideEntry(journey, candidate, { customer, entry, inside });
    if (decided.kind === "refused") return (await store.openEnrollment(ref)) ? { kind: "entered-before" } : decided;
    const waits = notBefore !== undefined && notBefore > now;
    const enrollment: Enrollment = {
      ...ref,
      ...here,
      ...(unusableKey && { unusableKey }),
      journeyVersion: version,
      status: "active",
      enteredAt: now,
      trigger: { ...trigger, customerRevision: customer.revision },
      position: {
        componentId: journey.start,
        visit: 0,
        since: justBefore(trigger.time),
        ...(waits && { notBefore }),
      },
      steps: [],
      messages: [],
      goals: {},
      hops,
      dueAt: plus(waits ? notBefore : now, GRACE),
      ...(Object.keys(journey.components).length <= COUNTED_TOGETHER && { countedTogether: true }),
      executions: 1,
      revision: 0,
    };
    const revision = (entry?.revision ?? 0) + 1;
    try {
      const written = await storeEnrollment(ports, undefined, enrollment, [
        { kind: "entry", entry: { ...here, ...entryAfter(entry, candidate), revision } },
        { kind: "unchanged", customer },
        ...also,
      ]);
      return { kind: "entered", enrollment: written, customer };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      if (!(await store.openEnrollment(ref))) {
        customer = await store.customer(ref.customerId);
        throw error;
      }
    }
    return { kind: "entered-before" };
  });
}

function countsInside(rule: EntryRule): boolean {
  return typeof rule === "object" && rule.maxConcurrent !== undefined;
}

async function insideNow(
  here: { customerId: string; journeyId: string; key?: Json },
  ports: Pick<Ports, "store" | "clock" | "journeys">,
): Promise<number> {
  const enrollments = await ports.store.openEnrollments(here.customerId);
  await closeEnrollments(enrollments, ports);
  return enrollments.filter(
    ({ journeyId, key, status }) => journeyId === here.journeyId && status === "active" && same(key, here.key),
  ).length;
}
