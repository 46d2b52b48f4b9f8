/**
 * Lets the parked customers of a journey go on that is not held any more. May be repeated: a customer who was released is
 * not parked any more, and a token that was used is ignored. If a call dies between its two steps, the enrollment is due
 * and the reconciler starts another execution.
 */
import { unparked } from "../../domain/enrollment/parking.ts";
import { throwFirst } from "../errors.ts";
import { inParallel } from "../in-parallel.ts";
import type { Ports } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";

/** At this many at once, SendTaskSuccess stays within its quota of 200 a second in the smaller regions. */
const AT_ONCE = 10;

type ReleasePorts = Pick<Ports, "clock" | "store" | "executions">;

export async function releaseJourney(journeyId: string, ports: ReleasePorts): Promise<void> {
  throwFirst(await inParallel(ports.store.parked(journeyId), AT_ONCE, (ref) => releaseEnrollment(ref, ports)));
}

export async function releaseEnrollment(ref: EnrollmentRef, ports: ReleasePorts): Promise<void> {
  let token: string | undefined;
  await updateEnrollment(ref, ports, (enrollment) => {
    token = enrollment.parked?.token;
    return unparked(enrollment, ports.clock.now());
  });
  if (token !== undefined) await ports.executions.signal(token);
}
