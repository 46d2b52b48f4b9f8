/**
 * An execution waits and hands over the token that wakes it. The token is stored with the enrollment, where the function
 * that handles the signal finds it. If the signal came first, this function wakes the execution at once.
 */
import { isSignalled } from "../../domain/enrollment/apply-activity.ts";
import { parkedVisit } from "../../domain/enrollment/parking.ts";
import type { Ports, Signals, StoredJourneys } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { EnrollmentRef } from "../store.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import { versionsOf } from "../versions.ts";

export interface SignalPorts extends Pick<Ports, "store"> {
  readonly journeys: StoredJourneys;
  readonly executions: Signals;
}

export function awaitSignal(ref: EnrollmentRef, visit: number, token: string, ports: SignalPorts): Promise<void> {
  return retryOnConflict(async () => {
    const enrollment = await ports.store.enrollment(ref);
    if (enrollment?.parked && visit === parkedVisit(enrollment.position.visit)) {
      const parked = { ...enrollment.parked, token };
      return void (await storeEnrollment(ports, enrollment, { ...enrollment, parked }));
    }
    const waiting =
      enrollment?.status === "active" && enrollment.position.visit === visit ? enrollment.position.waiting : undefined;
    if (!enrollment || waiting?.for !== "signal") return void (await ports.executions.signal(token));
    const { entered } = await versionsOf(enrollment, ports);
    if (isSignalled(enrollment, entered)) return void (await ports.executions.signal(token));
    const position = { ...enrollment.position, waiting: { ...waiting, token } };
    await storeEnrollment(ports, enrollment, { ...enrollment, position });
  });
}
