/** Ends everything a customer is in, then removes all that is stored about them. What remains is one tombstone. */
import { countsOf } from "../domain/counts.ts";
import { unknownCustomer } from "../domain/customer.ts";
import { ended } from "../domain/enrollment.ts";
import type { Time } from "../domain/time.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import type { Ports } from "./ports.ts";
import { decideAgain } from "./retry.ts";

/** `at`: what happened until then is forgotten; what happens later makes a new customer. */
export async function deleteCustomer(customerId: string, at: Time, ports: Ports): Promise<void> {
  const { store, executions, clock } = ports;
  for (const { enrollmentId } of await store.enrollments(customerId)) {
    const ref = { customerId, enrollmentId };
    await decideAgain(async () => {
      const enrollment = await store.enrollment(ref);
      if (enrollment?.status !== "active" || enrollment.trigger.time > at) return;
      await changeEnrollment(ports, enrollment, ended(enrollment, "exited", clock.now(), "customer-deleted"));
      await executions.stop(ref, enrollment.executions);
    });
    await decideAgain(async () => {
      const enrollment = await store.enrollment(ref);
      if (!enrollment || enrollment.trigger.time > at) return;
      const counts = Object.fromEntries(Object.entries(countsOf(enrollment)).map(([name, n]) => [`erased.${name}`, n]));
      await store.commit([
        { kind: "removal", enrollment },
        { kind: "counts", journeyId: enrollment.journeyId, counts, spread: enrollmentId },
      ]);
    });
  }
  await decideAgain(async () => {
    const { revision, deletedAt } = await store.customer(customerId);
    if (deletedAt !== undefined && deletedAt >= at) return;
    await store.erase({ ...unknownCustomer(customerId), revision: revision + 1, deletedAt: at });
  });
}
