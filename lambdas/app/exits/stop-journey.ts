/**
 * Exits the customers who were inside a journey when it was stopped. A function with an old view of the journey may still
 * let a customer enter; that customer exits at the next step, or when the reconciler runs.
 *
 * Every call may die and be repeated, and two calls may run at the same time: a customer who has exited is not found any
 * more. AWS throttles stops of executions, so after the first throttled one the call leaves the other executions to the
 * reconciler, which costs no further write.
 */
import { isEndedByStop } from "../../domain/journey/stop.ts";
import { inParallel } from "../in-parallel.ts";
import type { Ports } from "../ports.ts";
import { exitEnrollment } from "./exit-enrollment.ts";

/** Twice as many gain little: their writes then meet at the same counters, and one of them is repeated. */
const AT_ONCE = 10;

type StopPorts = Pick<Ports, "clock" | "store" | "journeys" | "executions">;

export interface Bounds {
  /** The part of the customers inside; absent: all of them. */
  readonly part?: number;
  /** The largest number of customers. */
  readonly most?: number;
  /** Whether the time of the call is over. */
  readonly isOver?: () => boolean;
}

export interface Stopped {
  readonly exited: number;
  /** The errors of customers who could not exit. */
  readonly failures: readonly unknown[];
  /** Whether the call has tried every customer, so that none is left for the next call but those who failed. */
  readonly isComplete: boolean;
}

export async function stopJourney(journeyId: string, ports: StopPorts, bounds: Bounds = {}): Promise<Stopped> {
  const { part, most = Number.POSITIVE_INFINITY, isOver = () => false } = bounds;
  const { store, journeys } = ports;
  const live = await journeys.live(journeyId);
  if (!live) return { exited: 0, failures: [], isComplete: true };
  let [exited, tried, stopNow, isComplete] = [0, 0, true, true];
  const more = () => {
    if (tried >= most || isOver()) isComplete = false;
    return isComplete;
  };
  const failures = await inParallel(
    store.inside(journeyId, part),
    AT_ONCE,
    async (ref) => {
      // Several workers may have asked before the last place was taken.
      if (!more()) return;
      tried++;
      const known = await store.enrollment(ref);
      if (known?.status !== "active" || !isEndedByStop(known, live)) return void tried--;
      const after = await exitEnrollment(ref, "journey-stopped", ports, known, stopNow);
      if (after?.unstopped) stopNow = false;
      exited++;
    },
    more,
  );
  return { exited, failures, isComplete };
}
