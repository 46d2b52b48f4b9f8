/**
 * Erases a customer: ends their enrollments, replaces the profile by a tombstone, then removes the stored data. The order
 * matters: the tombstone keeps repeated deliveries from storing removed data again, and step 4 also removes the
 * enrollments that were created in between.
 */

import { inParts } from "../../domain/counters/counter-items.ts";
import { erasedCountsOf } from "../../domain/counters/counts.ts";
import { isBeforeErasure } from "../../domain/customer/customer.ts";
import { erased } from "../../domain/customer/merge-changes.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { Time } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { EnrollmentRef } from "../store.ts";
import { exitEnrollment } from "./exit-enrollment.ts";

type ErasurePorts = Pick<Ports, "clock" | "store" | "executions">;

/** Data until `at` is removed; a later event makes a new customer. */
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
    await remove(enrollment, ports);
  });
}

/** The most counter items of one transaction. A transaction takes 100 items, and the enrollment needs some of them. */
const MOST_ITEMS = 90;

/**
 * Removes an enrollment and adds its counts to the counts of erased customers. The counts of a long journey do not fit
 * into one transaction. Each transaction then adds one part and notes it in the enrollment, so that no part is added
 * twice. The last transaction removes the enrollment.
 */
async function remove(enrollment: Enrollment, { store }: Pick<Ports, "store">): Promise<void> {
  const { journeyId, enrollmentId: shardKey, countedTogether: singleItem = false } = enrollment;
  const counts = erasedCountsOf(enrollment);
  const parts = singleItem ? [counts] : inParts(counts, MOST_ITEMS);
  let { revision } = enrollment;
  for (const [part, added] of parts.entries()) {
    if (part < (enrollment.erasedParts ?? 0)) continue;
    const change = { kind: "counts", journeyId, counts: added, shardKey, singleItem } as const;
    if (part === parts.length - 1) {
      await store.commit([{ kind: "removal", enrollment: { ...enrollment, revision } }, change]);
      return;
    }
    revision++;
    await store.commit([
      { kind: "enrollment", enrollment: { ...enrollment, revision, erasedParts: part + 1 } },
      change,
    ]);
  }
}

/** Processes each enrollment that began until then. */
async function eachOf(
  customerId: string,
  at: Time,
  { store }: Pick<Ports, "store">,
  process: (ref: EnrollmentRef) => Promise<void>,
): Promise<void> {
  for (const { enrollmentId, trigger } of await store.enrollments(customerId))
    if (trigger.time <= at) await retryOnConflict(() => process({ customerId, enrollmentId }));
}

/**
 * Erases again if the function that calls this has stored data from before an erasure. For data of the last minute the
 * recheck of the erasure does this (`domain/events/recheck.ts`).
 */
export async function eraseIfDeleted(happened: { customerId: string; time: Time }, ports: ErasurePorts): Promise<void> {
  const { customerId, time } = happened;
  const { deletedAt } = await ports.store.customer(customerId);
  if (deletedAt !== undefined && time <= deletedAt) await deleteCustomer(customerId, deletedAt, ports);
}
