/**
 * Restarts one overdue enrollment, if it has no open execution. An execution that is open retries by itself, perhaps
 * because `advance` is throttled or switched off: a second one would only add retries. The open execution gets its
 * signal again, because the first signal may have been lost.
 *
 * Only an execution that was started counts: until StartExecution has succeeded, `starting` keeps the same number.
 */

import { ended } from "../../domain/enrollment/ending.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../../domain/time/time.ts";
import type { UnconditionalPorts } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";
import { handOver } from "./hand-over.ts";
import { releaseEnrollment } from "./release-journey.ts";

const MOST_EXECUTIONS = 20;
const SHORTEST_PAUSE = 5 * 60_000;
const LONGEST_PAUSE = 6 * 3_600_000;

export type Restarted = "restarted" | "failed" | "running" | "unchanged";

export async function restart(ref: EnrollmentRef, ports: UnconditionalPorts): Promise<Restarted> {
  const { store, executions, clock } = ports;
  const now = clock.now();
  const found = await store.enrollment(ref);
  if (!found || !isOverdue(found, now)) return "unchanged";
  if (await handOver(found, ports)) return "unchanged";
  if (found.parked) {
    // The journey is not held any more, and the execution still waits.
    await releaseEnrollment(ref, ports, found);
    return "restarted";
  }
  if (await isAlive(found, ports)) {
    const pause = plusMilliseconds(now, toMilliseconds(now) - toMilliseconds(since(found, now)));
    await updateEnrollment(
      ref,
      ports,
      (stored) => (isOverdue(stored, now) ? { ...stored, dueAt: pause } : stored),
      found,
    );
    return "running";
  }
  const after = await updateEnrollment(ref, ports, (stored) => nextExecution(stored, now), found);
  if (after?.status === "failed") return "failed";
  if (after?.status !== "active" || !after.starting) return "unchanged";
  await executions.start(ref, after.executions);
  await updateEnrollment(ref, ports, (stored) => started(stored, after.executions), after);
  return "restarted";
}

function isOverdue({ status, dueAt }: Enrollment, now: Time): boolean {
  return status === "active" && dueAt !== undefined && dueAt <= now;
}

/** The signal comes first: it needs no DescribeExecution, of which AWS allows only 10 to 15 a second. */
async function isAlive(enrollment: Enrollment, { executions }: UnconditionalPorts): Promise<boolean> {
  const { token } = enrollment.position.waiting ?? {};
  if (token !== undefined && (await executions.signal(token))) return true;
  return !enrollment.starting && (await executions.isRunning(enrollment, enrollment.executions));
}

function nextExecution(enrollment: Enrollment, now: Time): Enrollment {
  if (!isOverdue(enrollment, now)) return enrollment;
  const executions = enrollment.starting ? enrollment.executions : enrollment.executions + 1;
  if (executions - (enrollment.handOvers ?? 0) > MOST_EXECUTIONS)
    return ended(enrollment, { status: "failed", reason: "stuck" }, now);
  return {
    ...enrollment,
    executions,
    starting: true,
    executionSince: now,
    dueAt: plusMilliseconds(now, SHORTEST_PAUSE * 2 ** (executions - 2)),
  };
}

function started(enrollment: Enrollment, executions: number): Enrollment {
  if (!enrollment.starting || enrollment.executions !== executions) return enrollment;
  const { starting: _, ...rest } = enrollment;
  return rest;
}

/** The time of the last progress: the longer ago, the longer the next pause. */
function since({ enteredAt, steps, position }: Enrollment, now: Time): Time {
  const { until } = position.waiting ?? {};
  if (until !== undefined) return until < now ? until : now;
  return steps.at(-1)?.at ?? enteredAt;
}

function plusMilliseconds(now: Time, milliseconds: number): Time {
  const pause = Math.min(Math.max(milliseconds, SHORTEST_PAUSE), LONGEST_PAUSE);
  return fromMilliseconds(toMilliseconds(now) + pause);
}
