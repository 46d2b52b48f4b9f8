/**
 * Handles one customer from the queue of audience runs: the customer enters, or the refusal is counted, once. What was
 * decided is stored together with the enrollment, so a repetition only completes what the first call began.
 */

import { recheckOfEntry } from "../../domain/events/recheck.ts";
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import type { RunDelivery } from "../../domain/schedule/run-delivery.ts";
import { outcomeOf, type RunEntry, type RunRecord } from "../../domain/schedule/run-record.ts";
import { resolvedRun } from "../../domain/segments/segment-resolver.ts";
import { startEnrollment } from "../entry/enter-journey.ts";
import { ConflictError } from "../errors.ts";
import type { EnrollmentPorts, Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { Runs } from "../run-ports.ts";
import { considerCustomer, type Decided } from "./consider-customer.ts";
import { journeyOfRun } from "./run-journey.ts";

export type EnterPorts = EnrollmentPorts & Pick<Ports, "segments"> & { readonly runs: Pick<Runs, "get"> };

/** The answer: the seconds after which the delivery is rechecked. */
export async function enterByRun(delivery: RunDelivery, ports: EnterPorts): Promise<number | undefined> {
  const { customerId, recheck, ...ref } = delivery;
  const { store, clock, runs } = ports;
  const before = await store.considered(customerId, ref.runId);
  if (before || recheck) return before && complete(before, delivery, ports);
  const stored = await runs.get(ref);
  if (!stored) return undefined;
  const run = await resolvedRun(stored, ports.segments);
  const entryOf = (decided: Decided): RunEntry => ({
    ...ref,
    customerId,
    outcome: outcomeOf(decided),
    ...(decided.enrollmentId !== undefined && { enrollmentId: decided.enrollmentId }),
    time: clock.now(),
  });
  const live = run.cancelledAt === undefined ? await journeyNow(run, ports) : undefined;
  const decided: Decided = live
    ? await considerCustomer(run, customerId, live, ports, (enrollmentId) => [
        { kind: "considered", entry: entryOf({ kind: "entered", enrollmentId }) },
      ])
    : { kind: "refused", reason: run.cancelledAt === undefined ? "not-active" : "run-cancelled" };
  if (decided.kind === "entered") return live && recheckOfEntry(live, clock.now());
  await retryOnConflict(async () => {
    try {
      await store.commit([{ kind: "considered", entry: entryOf(decided) }]);
    } catch (error) {
      // Another delivery of this customer was faster, and its decision counts; or the counters were busy.
      if (!(error instanceof ConflictError) || !(await store.considered(customerId, ref.runId))) throw error;
    }
  });
  return undefined;
}

async function complete(
  { customerId, journeyId, enrollmentId }: RunEntry,
  { recheck }: RunDelivery,
  ports: EnrollmentPorts,
): Promise<number | undefined> {
  if (enrollmentId === undefined) return undefined;
  await startEnrollment({ customerId, enrollmentId }, ports);
  const live = recheck ? undefined : await ports.journeys.live(journeyId);
  return live && recheckOfEntry(live, ports.clock.now());
}

/**
 * A run begins with the newest view of its journey, but this function's view may be some seconds older. So a journey that
 * does not seem active is read again: a person may have made it active just before the run.
 */
async function journeyNow(run: RunRecord, ports: EnrollmentPorts): Promise<LiveJourney | undefined> {
  const known = await journeyOfRun(run, ports);
  return known?.journey.status === "active" ? known : journeyOfRun(run, ports, "liveNow");
}
