/**
 * Handles a record of the customers table's stream. A watched event or a changed profile is applied to the customer's
 * enrollments; for a changed profile `customer.changed` is published too; for a changed enrollment the system's events are
 * published. Every record may come twice.
 */

import { type Customer, changedFields, isChange, unknownCustomer } from "../../domain/customer/customer.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { announcements } from "../../domain/events/announcements.ts";
import type { CustomerEvent } from "../../domain/events/event.ts";
import { systemEventId } from "../../domain/events/system-event-id.ts";
import type { SystemEvent } from "../../domain/events/system-events.ts";
import type { Bus, EnrollmentPorts, Ports } from "../ports.ts";
import { applyToEnrollments } from "./apply-to-enrollments.ts";
import { deleteCustomer } from "./delete-customer.ts";
import { followNumber, type Listing } from "./follow-number.ts";

export type StoredChange =
  | { readonly kind: "event"; readonly event: CustomerEvent }
  | {
      readonly kind: "customer";
      readonly before: Customer | undefined;
      readonly after: Customer;
      /** The stream record's own id. The id distinguishes two changes that a person made by hand. */
      readonly record?: string;
    }
  | { readonly kind: "enrollment"; readonly before: Enrollment | undefined; readonly after: Enrollment };

export interface ChangePorts extends EnrollmentPorts, Pick<Ports, "addressKey">, Listing {
  readonly bus: Bus;
}

export async function evaluateChange(change: StoredChange, ports: ChangePorts): Promise<void> {
  switch (change.kind) {
    case "event": {
      const { customerId } = change.event;
      return applyToEnrollments(customerId, { kind: "event", ...change.event }, ports);
    }
    case "customer":
      return evaluateCustomer(change, ports);
    case "enrollment": {
      const events = announcements(change.before, change.after, ports.clock.now());
      if (events.length > 0) await ports.bus.publish(events);
      return;
    }
    default:
      change satisfies never;
  }
}

async function evaluateCustomer(
  { before: known, after, record }: Extract<StoredChange, { kind: "customer" }>,
  ports: ChangePorts,
): Promise<void> {
  const { customerId, changedAt, changedBy: cause, changedByName: causeName, hops, deletedAt } = after;
  const before = known ?? unknownCustomer(customerId);
  await followNumber(before, after, ports);
  // An enrollment created just before the tombstone was stored is erased too.
  if (deletedAt !== undefined && before.deletedAt !== deletedAt) {
    await deleteCustomer(customerId, deletedAt, ports);
    // A customer who entered after the time of a late erasure stays inside. The erasure has removed attributes of theirs,
    // which is a change that happens now.
    const removal = { kind: "change", revision: after.revision, time: ports.clock.now() } as const;
    return applyToEnrollments(customerId, removal, ports, after);
  }
  // A value that was stored again, a note about an unusable value, or a report about a message is no change.
  if (!isChange(before, after)) return;
  // An admin who edits the item by hand leaves revision and time as they are. The edit is a change that happens now.
  const byHand = after.revision === before.revision;
  const time = byHand ? ports.clock.now() : changedAt;
  const revision = byHand ? Number.POSITIVE_INFINITY : after.revision;
  // Each change is applied by itself, with the customer as they were after it: a later change may be stored already.
  await applyToEnrollments(customerId, { kind: "change", revision, time }, ports, after);
  const { changeFields } = await ports.journeys.catalog();
  const fields = changedFields(before, after, changeFields);
  if (fields.length === 0) return;
  const which = byHand ? (record ?? time) : String(after.revision);
  const id = systemEventId(customerId, "changed", which, ...fields);
  const made = { ...(cause !== undefined && { cause }), ...(causeName !== undefined && { causeName }) };
  const data = { fields, ...(!byHand && made) };
  const changed: SystemEvent = { name: "customer.changed", id, customerId, time, data, hops: byHand ? 0 : hops };
  await ports.bus.publish([changed]);
}
