/** Finds the enrollment that an earlier attempt with this trigger has created. A young trigger needs only one read. */
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
