/**
 * Exits the customers inside a stopped journey, at most `most` of them. A function with an old view of the journey may
 * still let a customer enter; that customer exits at the next step, or when the reconciler runs.
 */

import { throwFirst } from "../errors.ts";
import type { Ports } from "../ports.ts";
import { exitEnrollment } from "./exit-enrollment.ts";

export async function stopJourney(
  journeyId: string,
  ports: Pick<Ports, "clock" | "store" | "executions">,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let stopped = 0;
  const failures: unknown[] = [];
  for await (const ref of ports.store.inside(journeyId)) {
    if (stopped + failures.length >= most) break;
    try {
      if (await exitEnrollment(ref, "journey-stopped", ports)) stopped++;
    } catch (error) {
      failures.push(error);
    }
  }
  // Process every enrollment, then rethrow the first error.
  throwFirst(failures);
  return stopped;
}
