/**
 * Exits a customer from a journey: ends the enrollment, then stops its execution. The stored status alone keeps
 * components from taking effect. A crash in between leaves an execution that ends at its next step.
 */
import { type Enrollment, ended } from "../../domain/enrollment/enrollment.ts";
import type { ExitReason } from "../../domain/reasons/reason.ts";
import type { Ports } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";

/** `known`: the enrollment, if it was just read, which saves reading it again. */
export async function exitEnrollment(
  ref: EnrollmentRef,
  reason: ExitReason,
  ports: Pick<Ports, "clock" | "store" | "executions">,
  known?: Enrollment,
): Promise<Enrollment | undefined> {
  const exited = (stored: Enrollment) => ended(stored, { status: "exited", reason }, ports.clock.now());
  const after = await updateEnrollment(ref, ports, exited, known);
  if (after) await stopExecution(after, ports);
  return after;
}

/** Stopping an execution twice does no harm. */
export function stopExecution(enrollment: Enrollment, { executions }: Pick<Ports, "executions">): Promise<void> {
  return executions.stop(enrollment, enrollment.executions);
}
