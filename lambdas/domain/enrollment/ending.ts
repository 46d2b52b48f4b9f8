/** The end of an enrollment. The reconciler stops an execution that could not be stopped when its enrollment ended. */
import { type Ending, reasonOf } from "../reasons/reason.ts";
import type { Time } from "../time/time.ts";
import type { Enrollment } from "./enrollment.ts";

/** Ends an active enrollment. An enrollment that has ended is returned unchanged. */
export function ended(enrollment: Enrollment, ending: Ending, now: Time): Enrollment {
  if (enrollment.status !== "active") return enrollment;
  const { status } = ending;
  const reason = reasonOf(ending);
  const { dueAt: _, parked: __, ...rest } = enrollment;
  const { waiting: ___, ...position } = enrollment.position;
  const steps = enrollment.steps.map((step) =>
    step.outcome === "waiting" ? { ...step, outcome: status, leftAt: now } : step,
  );
  return { ...rest, position, steps, status, endedAt: now, ...(reason !== undefined && { reason }) };
}

/** An ended enrollment whose execution the reconciler must still stop. The index needs a time. */
export function unstopped(enrollment: Enrollment, now: Time): Enrollment {
  return enrollment.status === "active" ? enrollment : { ...enrollment, unstopped: true, dueAt: now };
}

/** An ended enrollment whose execution has been stopped. */
export function stopped({ unstopped: _, dueAt, ...enrollment }: Enrollment): Enrollment {
  return { ...enrollment, ...(enrollment.status === "active" && dueAt !== undefined && { dueAt }) };
}
