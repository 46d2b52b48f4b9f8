/**
 * Lets the parked customers of a journey go on that is not held any more. May be repeated: a customer who was released is
 * not parked any more, and a token that was used is ignored.
 *
 * The signal comes before the write. If the signal is throttled, or the call dies between the two, the token is still
 * stored: without it, nobody could wake the execution, which waits for up to 300 days.
 */
import { unparked } from "../../domain/enrollment/parking.ts";
import { type Bounds, inParallel, type Worked } from "../in-parallel.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { EnrollmentRef } from "../store.ts";
import { storeEnrollment } from "../update-enrollment.ts";

/** At this many at once, two calls stay below the quota of SendTaskSuccess: 500 a second, or 300 in the smaller regions. */
const AT_ONCE = 4;

type ReleasePorts = Pick<Ports, "clock" | "store" | "executions">;

/** `part`: the part of the customers inside; absent: all of them. */
export async function releaseJourney(
  journeyId: string,
  ports: ReleasePorts & Pick<Ports, "journeys">,
  bounds: Bounds = {},
  part?: number,
): Promise<Worked> {
  const live = await ports.journeys.live(journeyId);
  if (live?.journey.status === "held") return { done: 0, failures: [], isComplete: true };
  return inParallel(ports.store.parked(journeyId, part), AT_ONCE, (ref) => releaseEnrollment(ref, ports), bounds);
}

/** Whether the customer was parked. An execution that has no token yet is woken when it hands over its token. */
export async function releaseEnrollment(ref: EnrollmentRef, ports: ReleasePorts): Promise<boolean> {
  let wasParked = false;
  await retryOnConflict(async () => {
    const enrollment = await ports.store.enrollment(ref);
    if (!enrollment?.parked) return;
    wasParked = true;
    const { token } = enrollment.parked;
    if (token !== undefined) await ports.executions.signal(token);
    await storeEnrollment(ports, enrollment, unparked(enrollment, ports.clock.now()));
  });
  return wasParked;
}
