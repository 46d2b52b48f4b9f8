/**
 * A delivery that comes once more (`unheard.ts`): whom it has let in is looked after, whom it erases is erased. Nobody is
 * considered again: what refused them then has refused them.
 */
import type { CustomerEvent } from "../../domain/events/event.ts";
import type { SystemEventName } from "../../domain/events/system-events.ts";
import { deleteCustomer } from "../exits/delete-customer.ts";
import type { EnrollmentPorts } from "../ports.ts";
import { startEnrollment } from "./enter-journey.ts";

export async function recheck({ id, name, customerId, time }: CustomerEvent, ports: EnrollmentPorts): Promise<void> {
  if (name === ("customer.deleted" satisfies SystemEventName)) return deleteCustomer(customerId, time, ports);
  const failures: unknown[] = [];
  for (const { enrollmentId, trigger } of await ports.store.enrollments(customerId))
    if (trigger.eventId === id)
      await startEnrollment({ customerId, enrollmentId }, ports).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
