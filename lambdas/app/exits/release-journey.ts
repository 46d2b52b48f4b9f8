/**
 * Lets the parked customers of a journey go on after the journey is no longer held. May be repeated: a released customer
 * has no mark any more, and a used token is ignored. If a call dies between its two steps, the execution has been
 * woken, and takes the mark away itself.
 */
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { unparked } from "../../domain/enrollment/parking.ts";
import type { Ports } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";
import { type Bounds, type Worked, withinBounds } from "../within-bounds.ts";

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
  return withinBounds(ports.store.parked(journeyId, part), AT_ONCE, (ref) => releaseEnrollment(ref, ports), bounds);
}

/**
 * The signal comes first: the mark holds the only token, so a call that dies before the signal must leave the mark. If the
 * execution has parked the customer again, because it had an old view of the journey, the mark has another token and stays.
 * The answer is whether the customer was parked.
 */
export async function releaseEnrollment(ref: EnrollmentRef, ports: ReleasePorts, known?: Enrollment): Promise<boolean> {
  const found = known ?? (await ports.store.enrollment(ref));
  if (!found?.parked) return false;
  const { token } = found.parked;
  if (token !== undefined) await ports.executions.signal(token);
  await updateEnrollment(
    ref,
    ports,
    (stored) => (stored.parked?.token === token ? unparked(stored, ports.clock.now()) : stored),
    found,
  );
  return true;
}
