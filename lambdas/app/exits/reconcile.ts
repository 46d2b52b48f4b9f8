/**
 * Finds enrollments whose next step is overdue, because their execution was lost or never started. Each gets a new
 * execution, which goes on from the stored position. After too many executions, the enrollment fails. The reconciler also
 * ends the enrollments that were created while their journey was being stopped.
 */
import { type EnrollmentStatus, ended, GRACE } from "../../domain/enrollment/enrollment.ts";
import { unparked } from "../../domain/enrollment/parking.ts";
import { minus, plus } from "../../domain/time/time.ts";
import { throwFirst } from "../errors.ts";
import type { EnrollmentPorts } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";
import { stopJourney } from "./stop-journey.ts";

const MOST_EXECUTIONS = 20;

/** Longer than a function may have an old view of a journey, and longer than two runs take. */
const RECENTLY_STOPPED = "PT15M";

export interface Reconciled {
  readonly restarted: number;
  readonly failed: number;
  readonly stopped: number;
}

/** One run handles at most `most` enrollments. The others are still overdue in the next run. */
export async function reconcile(most: number, ports: EnrollmentPorts): Promise<Reconciled> {
  let [restarted, failed, stopped] = [0, 0, 0];
  const failures: unknown[] = [];
  const held = new Set(await ports.journeys.held());
  for await (const ref of ports.store.overdue(ports.clock.now(), held)) {
    if (restarted + failed + failures.length >= most) break;
    try {
      const status = await restart(ref, ports);
      if (status === "failed") failed++;
      if (status === "active") restarted++;
    } catch (error) {
      failures.push(error);
    }
  }
  for (const journeyId of await ports.journeys.stoppedSince(minus(ports.clock.now(), RECENTLY_STOPPED)))
    stopped += await stopJourney(journeyId, ports, most - restarted - failed - failures.length - stopped);
  // Process every enrollment, then rethrow the first error.
  throwFirst(failures);
  return { restarted, failed, stopped };
}

/** Returns the status afterwards. If the enrollment is not overdue any more, starting its execution again does nothing. */
async function restart(ref: EnrollmentRef, ports: EnrollmentPorts): Promise<EnrollmentStatus | undefined> {
  const now = ports.clock.now();
  let token: string | undefined;
  const after = await updateEnrollment(ref, ports, (enrollment) => {
    token = enrollment.parked?.token;
    if (enrollment.status !== "active" || (enrollment.dueAt ?? now) > now) return enrollment;
    if (enrollment.parked) return unparked(enrollment, now);
    if (enrollment.executions >= MOST_EXECUTIONS) return ended(enrollment, { status: "failed", reason: "stuck" }, now);
    return { ...enrollment, executions: enrollment.executions + 1, dueAt: plus(now, GRACE) };
  });
  // The execution of a parked customer still waits, so it is woken. The journey is not held any more.
  if (token !== undefined) await ports.executions.signal(token);
  else if (after?.status === "active") await ports.executions.start(ref, after.executions);
  return after?.status;
}
