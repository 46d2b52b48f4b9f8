/**
 * A delivery that comes once more (`unheard.ts`): whom it has let in is looked after, whom it erases is erased. Nobody is
 * considered again: what refused them then has refused them.
 */
import type { CustomerEvent } from "../domain/event.ts";
import type { SystemEventName } from "../domain/system-events.ts";
import { begin } from "./consider.ts";
import { deleteCustomer } from "./delete-customer.ts";
import type { EnrollmentPorts } from "./ports.ts";

export async function onceMore({ id, name, customerId, time }: CustomerEvent, ports: EnrollmentPorts): Promise<void> {
  if (name === ("customer.deleted" satisfies SystemEventName)) return deleteCustomer(customerId, time, ports);
  const failures: unknown[] = [];
  for (const { enrollmentId, trigger } of await ports.store.enrollments(customerId))
    if (trigger.eventId === id)
      await begin({ customerId, enrollmentId }, ports).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
