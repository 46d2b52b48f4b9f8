/**
 * Everyone inside a stopped journey exits, or so many of them. Who enters meanwhile, by an older view of the journey,
 * exits at the next step, or when the reconciler looks.
 */
import { ended } from "../domain/enrollment.ts";
import { decideOn } from "./change-enrollment.ts";
import type { Ports } from "./ports.ts";

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
      const after = await decideOn(ref, ports, (enrollment) =>
        ended(enrollment, "exited", ports.clock.now(), "journey-stopped"),
      );
      if (!after) continue;
      await ports.executions.stop(ref, after.executions);
      stopped++;
    } catch (error) {
      failures.push(error);
    }
  }
  // Whoever cannot be stopped holds up nobody, but is heard of.
  if (failures.length > 0) throw failures[0];
  return stopped;
}
