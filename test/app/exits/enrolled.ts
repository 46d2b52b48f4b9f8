/** An enrollment, and the results of the reconciler. */
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { lasting } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

export async function enrolled(document = lasting()) {
  const world = new World({ still: true });
  await world.publish(document);
  const ref = await world.enter();
  return { world, advance: () => advanceEnrollment(ref, world.ports) };
}

export const nothing = { restarted: 0, failed: 0, stopped: 0, executionsStopped: 0 };

export const again = { ...nothing, restarted: 1 };
