/** Finds the enrollment that an earlier attempt with this trigger has created. A young trigger needs only one read. */
import type { Customer } from "../../domain/customer/customer.ts";
import { mayBeClosed } from "../../domain/enrollment/closed.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { Ports } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";

export function findEnrollment(
  ref: EnrollmentRef,
  trigger: Pick<Enrollment["trigger"], "time">,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<Enrollment | undefined> {
  return mayBeClosed(trigger.time, clock.now()) ? store.enrollment(ref) : store.openEnrollment(ref);
}

/**
 * The enrollment of an earlier attempt, when a late erasure came in between: the erasure is older than the trigger
 * event, but was handled after the enrollment was created. The tombstone has since changed the id that the attempt
 * gives to its enrollment, so this function looks for the enrollment by its trigger.
 */
export async function findBeforeTombstone(
  { journeyId, customer }: { readonly journeyId: string; readonly customer: Customer },
  { eventId, name }: Pick<Enrollment["trigger"], "eventId" | "name">,
  { store }: Pick<Ports, "store">,
): Promise<Enrollment | undefined> {
  const { customerId, deletedAt } = customer;
  if (deletedAt === undefined) return undefined;
  return (await store.enrollments(customerId)).find(
    (each) =>
      each.journeyId === journeyId &&
      each.trigger.eventId === eventId &&
      each.trigger.name === name &&
      each.trigger.time > deletedAt,
  );
}
