/**
 * Nobody is ever stuck: an enrollment whose next step is overdue has lost its execution, or never got one. It gets a
 * new one, which goes on from what is stored; after too many, it is closed with a reason. Who entered a journey in the
 * very seconds in which it was stopped is taken out of it.
 */
import { type EnrollmentStatus, ended, GRACE } from "../../domain/enrollment/enrollment.ts";
import { minus, plus } from "../../domain/time/time.ts";
import type { EnrollmentPorts } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";
import { stopJourney } from "./stop-journey.ts";

const MOST_EXECUTIONS = 20;

/** Longer than any function may hold on to an older view of a journey, and than two runs take. */
const STOPPED_LATELY = "PT15M";

export interface Reconciled {
  readonly restarted: number;
  readonly failed: number;
  readonly stopped: number;
}

/** `most` bounds the work of one run; what is left over is overdue the next time too. */
export async function reconcile(most: number, ports: EnrollmentPorts): Promise<Reconciled> {
  let [restarted, failed, stopped] = [0, 0, 0];
  const failures: unknown[] = [];
  for await (const ref of ports.store.overdue(ports.clock.now())) {
    if (restarted + failed + failures.length >= most) break;
    try {
      const status = await restart(ref, ports);
      if (status === "failed") failed++;
      if (status === "active") restarted++;
    } catch (error) {
      failures.push(error);
    }
  }
  for (const journeyId of await ports.journeys.stoppedSince(minus(ports.clock.now(), STOPPED_LATELY)))
    stopped += await stopJourney(journeyId, ports, most - restarted - failed - failures.length - stopped);
  // Whoever cannot be put right holds up nobody, but is heard of.
  if (failures.length > 0) throw failures[0];
  return { restarted, failed, stopped };
}

/** What became of it. Who is not overdue after all has an execution: to start it once more does nothing. */
async function restart(ref: EnrollmentRef, ports: EnrollmentPorts): Promise<EnrollmentStatus | undefined> {
  const now = ports.clock.now();
  const after = await updateEnrollment(ref, ports, (enrollment) => {
    if (enrollment.status !== "active" || (enrollment.dueAt ?? now) > now) return enrollment;
    if (enrollment.executions >= MOST_EXECUTIONS) return ended(enrollment, { status: "failed", reason: "stuck" }, now);
    return { ...enrollment, executions: enrollment.executions + 1, dueAt: plus(now, GRACE) };
  });
  if (after?.status === "active") await ports.executions.start(ref, after.executions);
  return after?.status;
}
