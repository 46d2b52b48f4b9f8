/**
 * Ends everything a customer is in, puts up one tombstone, then removes what is stored about them. In this order:
 * nobody who is let in meanwhile is missed, and what was removed cannot come back by a repeated delivery.
 */
import { erasedCountsOf } from "../../domain/counters/counts.ts";
import { isBeforeErasure } from "../../domain/customer/customer.ts";
import { erased } from "../../domain/customer/merge-changes.ts";
import type { Time } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { EnrollmentRef } from "../store.ts";
import { exitEnrollment } from "./exit-enrollment.ts";

type ErasurePorts = Pick<Ports, "clock" | "store" | "executions">;

/** `at`: what happened until then is forgotten; what happens later makes a new customer. */
export async function deleteCustomer(customerId: string, at: Time, ports: ErasurePorts): Promise<void> {
  const { store } = ports;
  await eachOf(customerId, at, ports, async (ref) => {
    const enrollment = await store.enrollment(ref);
    if (enrollment?.status === "active") await exitEnrollment(ref, "customer-deleted", ports, enrollment);
  });
  await retryOnConflict(async () => {
    const before = await store.customer(customerId);
    if (!isBeforeErasure(before, at)) await store.commit([{ kind: "customer", customer: erased(before, at) }]);
  });
  await store.erase(customerId, at);
  await eachOf(customerId, at, ports, async (ref) => {
    const enrollment = await store.enrollment(ref);
    if (!enrollment) return;
    const counts = erasedCountsOf(enrollment);
    await store.commit([
      { kind: "removal", enrollment },
      { kind: "counts", journeyId: enrollment.journeyId, counts, shardKey: enrollment.enrollmentId },
    ]);
  });
}

/** Those that began until then. */
async function eachOf(
  customerId: string,
  at: Time,
  { store }: Pick<Ports, "store">,
  turn: (ref: EnrollmentRef) => Promise<void>,
): Promise<void> {
  for (const { enrollmentId, trigger } of await store.enrollments(customerId))
    if (trigger.time <= at) await retryOnConflict(() => turn({ customerId, enrollmentId }));
}

/**
 * Whoever has written about something that happened before an erasure takes it back: who writes second reads what the
 * first has written. For what happened within the last minute the erasure does that itself, later (`unheard.ts`).
 */
export async function eraseIfDeleted(happened: { customerId: string; time: Time }, ports: ErasurePorts): Promise<void> {
  const { customerId, time } = happened;
  const { deletedAt } = await ports.store.customer(customerId);
  if (deletedAt !== undefined && time <= deletedAt) await deleteCustomer(customerId, deletedAt, ports);
}
