/**
 * A journey with the status `held` lets no customer take a step. A customer who would take one is parked: the execution
 * waits natively, and the enrollment carries the marker `parked`. Holding delays steps, not facts: `position` stays as it
 * is, so the deadline of a wait passes meanwhile and is judged by its own time afterwards.
 */
import type { Journey } from "../journey/journey.ts";
import { plus, type Time } from "../time/time.ts";
import { isSignalled } from "./apply-activity.ts";
import { type Enrollment, GRACE } from "./enrollment.ts";

/** The longest native wait of a parked customer. Afterwards the execution looks again whether the journey is held. */
export const PARKED_AT_MOST = "P300D";

/**
 * The due time of a parked enrollment. This time sorts before every real time. So one query on the index of active
 * enrollments finds exactly the parked enrollments, and parked enrollments are overdue as soon as the journey is not
 * held any more.
 */
export const PARKED_DUE: Time = "0";

/** `complete`: a claimed message or event must be completed. `wait`: the customer's own wait goes on. */
export type HeldStep = "complete" | "wait" | "park";

export function heldStep(enrollment: Enrollment, entered: Pick<Journey, "components">, now: Time): HeldStep {
  const { claim, waiting } = enrollment.position;
  if (claim !== undefined) return "complete";
  return waiting && now < waiting.until && !isSignalled(enrollment, entered) ? "wait" : "park";
}

export function parked(enrollment: Enrollment, now: Time): Enrollment {
  return enrollment.parked ? enrollment : { ...enrollment, parked: { since: now }, dueAt: PARKED_DUE };
}

/** The customer is due to go on. If the execution that waits is lost, the reconciler starts another one. */
export function unparked(enrollment: Enrollment, now: Time): Enrollment {
  if (!enrollment.parked) return enrollment;
  const { parked: _, ...rest } = enrollment;
  return { ...rest, dueAt: plus(now, GRACE) };
}

/**
 * The number under which a parked execution waits. This number differs from the number of every visit, so a token is
 * never taken for the token of a visit.
 */
export function parkedVisit(visit: number): number {
  return -1 - visit;
}
