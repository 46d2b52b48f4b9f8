/**
 * Everyone inside a stopped journey exits, or so many of them. Who enters meanwhile, by an older view of the journey,
 * exits at the next step, or when the reconciler looks.
 */

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
  // Whoever cannot be stopped holds up nobody, but is heard of.
  if (failures.length > 0) throw failures[0];
  return stopped;
}
