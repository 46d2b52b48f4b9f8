/**
 * Keeps customers from being stuck: an enrollment whose next step is overdue has lost its execution or its signal. The
 * signal is sent again, or the enrollment gets a new execution, which goes on from what is stored. After too many
 * executions the enrollment is closed with a reason.
 *
 * Several workers restart enrollments at once. A throttled restart only delays the enrollment: it counts as no
 * execution. Each throttle ends one worker, so that the run slows down to the rate that AWS allows. After the last
 * worker has ended, this run restarts no more enrollments. An enrollment that fails is due later, so that it does not
 * take the place of others in every run.
 */

import { stopped } from "../../domain/enrollment/ending.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { minus, plus, type Time } from "../../domain/time/time.ts";
import { ThrottledError, throwFirst } from "../errors.ts";
import { inParallel } from "../in-parallel.ts";
import type { UnconditionalPorts } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";
import { restart } from "./restart-enrollment.ts";
import { stopJourney } from "./stop-journey.ts";

/** This time is longer than any function may use an old view of a journey, and longer than two runs take. */
const STOPPED_LATELY = "PT15M";
/** An enrollment that failed is tried again after this time. */
const FAILED_PAUSE = "PT1H";

/** One restart takes about five requests. A single worker stays below DescribeExecution's quota of 10 a second. */
const WORKERS = 4;

export interface Reconciled {
  readonly restarted: number;
  readonly failed: number;
  /** The number of customers who were taken out of a stopped journey. */
  readonly stopped: number;
  /** The number of stopped executions of ended enrollments. */
  readonly executionsStopped: number;
}

/** `most` bounds the work of one run, and `until` its time. The next run does the rest. */
export async function reconcile(most: number, ports: UnconditionalPorts, until?: Time): Promise<Reconciled> {
  const { store, clock, journeys } = ports;
  const done = { restarted: 0, failed: 0, stopped: 0, executionsStopped: 0 };
  const failures: unknown[] = [];
  let left = most;
  const isOver = () => left <= 0 || (until !== undefined && clock.now() >= until);
  const held = new Set(await journeys.held());
  const restartOne = async (ref: EnrollmentRef) => {
    // What is under way counts too, so that the workers together do not exceed the bound.
    if (left <= 0) return;
    left--;
    try {
      const outcome = await restart(ref, ports);
      if (outcome === "unchanged") left++;
      if (outcome === "restarted") done.restarted++;
      if (outcome === "failed") done.failed++;
    } catch (error) {
      if (error instanceof ThrottledError) {
        left++;
        throw error;
      }
      failures.push(error);
      await backOff(ref, ports);
    }
  };
  await inParallel(store.overdue(clock.now(), held), WORKERS, restartOne, () => !isOver(), isThrottle);
  for (const journeyId of await journeys.stoppedSince(minus(clock.now(), STOPPED_LATELY))) {
    const stopped = await stopJourney(journeyId, ports, { most: Math.max(left, 0), isOver });
    failures.push(...stopped.failures);
    done.stopped += stopped.done;
    left -= stopped.done;
  }
  for await (const ref of store.unstopped()) {
    if (isOver()) break;
    try {
      if (await stopExecutionOf(ref, ports)) done.executionsStopped++;
      left--;
    } catch (error) {
      if (!(error instanceof ThrottledError)) failures.push(error);
      break;
    }
  }
  throwFirst(failures);
  return done;
}

const isThrottle = (error: unknown) => error instanceof ThrottledError;

async function stopExecutionOf(ref: EnrollmentRef, ports: UnconditionalPorts): Promise<boolean> {
  const enrollment = await ports.store.enrollment(ref);
  if (!enrollment?.unstopped) return false;
  await ports.executions.stop(ref, enrollment.executions);
  await updateEnrollment(ref, ports, stopped, enrollment);
  return true;
}

/** An enrollment that cannot be stored at all stays overdue; the order of `overdue` keeps it from hiding others. */
async function backOff(ref: EnrollmentRef, ports: UnconditionalPorts): Promise<void> {
  const now = ports.clock.now();
  const later = (stored: Enrollment): Enrollment =>
    stored.status === "active" && (stored.dueAt ?? now) <= now ? { ...stored, dueAt: plus(now, FAILED_PAUSE) } : stored;
  await updateEnrollment(ref, ports, later).catch(() => {});
}
