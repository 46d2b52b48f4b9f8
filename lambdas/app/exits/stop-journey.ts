/**
 * Exits the customers who were inside a journey when it was stopped. A function with an old view of the journey may
 * still let a customer enter; that customer exits at the next step, or when the reconciler runs.
 *
 * Every call may die and be repeated, and two calls may run at the same time: the index of customers inside no longer
 * lists an exited customer. AWS throttles stops of executions, so after the first throttled stop the call leaves the
 * other executions to the reconciler, which costs no further write.
 */
import { isEndedByStop } from "../../domain/journey/stop.ts";
import type { UnconditionalPorts } from "../ports.ts";
import { type Bounds, type Worked, withinBounds } from "../within-bounds.ts";
import { exitEnrollment } from "./exit-enrollment.ts";

/** Twice as many workers gain little: their writes would conflict at the same counters, and would be repeated. */
const AT_ONCE = 10;

/** `part`: the part of the customers inside; absent: all of them. */
export async function stopJourney(
  journeyId: string,
  ports: UnconditionalPorts,
  bounds: Bounds = {},
  part?: number,
): Promise<Worked> {
  const live = await ports.journeys.live(journeyId);
  if (!live) return { done: 0, failures: [], isComplete: true };
  let stopNow = true;
  return withinBounds(
    ports.store.inside(journeyId, part),
    AT_ONCE,
    async (ref) => {
      const known = await ports.store.enrollment(ref);
      if (known?.status !== "active" || !isEndedByStop(known, live)) return false;
      const after = await exitEnrollment(ref, "journey-stopped", ports, known, stopNow);
      if (after?.unstopped) stopNow = false;
      return true;
    },
    bounds,
  );
}
