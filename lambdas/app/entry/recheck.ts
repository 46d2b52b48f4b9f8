/**
 * Rechecks a delivery (`domain/events/recheck.ts`): the enrollments that the delivery created read later events again,
 * and an erasure is repeated. A recheck is no new entry attempt: a refusal stays a refusal.
 */
import { isTriggeredBy } from "../../domain/enrollment/apply-activity.ts";
import type { CustomerEvent } from "../../domain/events/event.ts";
import type { SystemEventName } from "../../domain/events/system-events.ts";
import { throwFirst } from "../errors.ts";
import { deleteCustomer } from "../exits/delete-customer.ts";
import type { EnrollmentPorts } from "../ports.ts";
import { startEnrollment } from "./enter-journey.ts";

export async function recheck(event: CustomerEvent, ports: EnrollmentPorts): Promise<void> {
  const { name, customerId, time } = event;
  if (name === ("customer.deleted" satisfies SystemEventName)) return deleteCustomer(customerId, time, ports);
  const failures: unknown[] = [];
  for (const { enrollmentId, trigger } of await ports.store.enrollments(customerId))
    if (isTriggeredBy(trigger, event))
      await startEnrollment({ customerId, enrollmentId }, ports).catch((error: unknown) => failures.push(error));
  throwFirst(failures);
}
