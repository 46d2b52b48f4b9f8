/**
 * Handles one customer from the queue of audience runs: the customer enters, or the refusal is counted, once. What was
 * decided is stored together with the enrollment, so a repetition only completes what the first call began.
 */

import type { RunDelivery } from "../../domain/schedule/run-delivery.ts";
import { outcomeOf, type RunEntry } from "../../domain/schedule/run-record.ts";
import { resolvedRun } from "../../domain/segments/segment-resolver.ts";
import { startEnrollment } from "../entry/enter-journey.ts";
import { ConflictError } from "../errors.ts";
import type { EnrollmentPorts, Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { Runs } from "../run-ports.ts";
import { considerCustomer, type Decided } from "./consider-customer.ts";
import { journeyOfRun } from "./run-journey.ts";

export type EnterPorts = EnrollmentPorts & Pick<Ports, "segments"> & { readonly runs: Pick<Runs, "get"> };

export async function enterByRun({ customerId, ...ref }: RunDelivery, ports: EnterPorts): Promise<void> {
  const { store, clock, runs } = ports;
  const before = await store.considered(customerId, ref.runId);
  if (before) return complete(before, ports);
  const stored = await runs.get(ref);
  if (!stored) return;
  const run = await resolvedRun(stored, ports.segments);
  const entryOf = (decided: Decided): RunEntry => ({
    ...ref,
    customerId,
    outcome: outcomeOf(decided),
    ...(decided.enrollmentId !== undefined && { enrollmentId: decided.enrollmentId }),
    time: clock.now(),
  });
  const live = run.cancelledAt === undefined ? await journeyOfRun(run, ports) : undefined;
  const decided: Decided = live
    ? await considerCustomer(run, customerId, live, ports, (enrollmentId) => [
        { kind: "considered", entry: entryOf({ kind: "entered", enrollmentId }) },
      ])
    : { kind: "refused", reason: run.cancelledAt === undefined ? "not-active" : "run-cancelled" };
  if (decided.kind === "entered") return;
  await retryOnConflict(async () => {
    try {
      await store.commit([{ kind: "considered", entry: entryOf(decided) }]);
    } catch (error) {
      // Another delivery of this customer was faster, and its decision counts; or the counters were busy.
      if (!(error instanceof ConflictError) || !(await store.considered(customerId, ref.runId))) throw error;
    }
  });
}

async function complete({ customerId, enrollmentId }: RunEntry, ports: EnrollmentPorts): Promise<void> {
  if (enrollmentId !== undefined) await startEnrollment({ customerId, enrollmentId }, ports);
}
