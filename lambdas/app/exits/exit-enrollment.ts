/**
 * Takes a customer out of a journey: ends the enrollment first, then stops its execution. The status alone prevents every
 * further effect, so stopping is clean-up: it never fails the exit. AWS throttles stops (25 a second in most regions), so
 * an execution that could not be stopped is noted with the enrollment, and the reconciler stops it at its own pace.
 */

import { ended, unstopped } from "../../domain/enrollment/ending.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { ExitReason } from "../../domain/reasons/reason.ts";
import type { Ports } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";

/**
 * `known`: the enrollment, if it was just read, which saves reading it again. `stopNow`: false where AWS throttles stops
 * already; then the note for the reconciler costs no write of its own.
 */
export async function exitEnrollment(
  ref: EnrollmentRef,
  reason: ExitReason,
  ports: Pick<Ports, "clock" | "store" | "executions">,
  known?: Enrollment,
  stopNow = true,
): Promise<Enrollment | undefined> {
  const exited = (stored: Enrollment): Enrollment => {
    const now = ports.clock.now();
    const after = ended(stored, { status: "exited", reason }, now);
    return after === stored || stopNow ? after : unstopped(after, now);
  };
  const after = await updateEnrollment(ref, ports, exited, known);
  return after && stopExecution(after, ports);
}

/** A second call for the same execution does no harm. Returns the enrollment as it is afterwards. */
export async function stopExecution(
  enrollment: Enrollment,
  ports: Pick<Ports, "clock" | "store" | "executions">,
): Promise<Enrollment | undefined> {
  if (enrollment.unstopped) return enrollment;
  try {
    await ports.executions.stop(enrollment, enrollment.executions);
    return enrollment;
  } catch {
    return updateEnrollment(enrollment, ports, (stored) => unstopped(stored, ports.clock.now()), enrollment);
  }
}
