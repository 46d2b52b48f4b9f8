/**
 * Puts right what differs between the live journeys and their schedules, and starts a run again whose execution was lost.
 * An occurrence of the last quarter of an hour is left alone: EventBridge Scheduler may be starting it.
 */
import type { RunRef } from "../../domain/schedule/audience-run.ts";
import { nextOccurrence } from "../../domain/schedule/occurrence.ts";
import { minus } from "../../domain/time/time.ts";
import { throwFirst } from "../errors.ts";
import type { Ports, StoredJourneys } from "../ports.ts";

const PATIENCE = "PT15M";

/** The executions of the state machine of audience runs. */
export interface RunExecutions {
  isRunning(execution: string): Promise<boolean>;
  /** A second call for the same lost execution starts no other. */
  restart(ref: RunRef, lost: string): Promise<void>;
}

type ReconcilePorts = Pick<Ports, "clock" | "schedules" | "runs"> & {
  readonly journeys: StoredJourneys;
  readonly runExecutions: RunExecutions;
};

export interface ReconciledRuns {
  /** The number of schedules that were missing, left over, or had another time. */
  readonly schedulesArmed: number;
  readonly runsRestarted: number;
}

export async function reconcileRuns(ports: ReconcilePorts): Promise<ReconciledRuns> {
  const failures: unknown[] = [];
  const counted = async (work: Promise<boolean>) => {
    try {
      return (await work) ? 1 : 0;
    } catch (error) {
      failures.push(error);
      return 0;
    }
  };
  let [schedulesArmed, runsRestarted] = [0, 0];
  for (const { journey } of (await ports.journeys.catalog()).journeys)
    if (journey.trigger.schedule ?? journey.trigger.date) schedulesArmed += await counted(rearm(journey, ports));
  for (const run of await ports.runs.underWay()) runsRestarted += await counted(restart(run, ports));
  throwFirst(failures);
  return { schedulesArmed, runsRestarted };
}

async function rearm(
  journey: Parameters<typeof nextOccurrence>[0] & { readonly id: string; readonly status: string },
  { schedules, clock }: ReconcilePorts,
): Promise<boolean> {
  const now = clock.now();
  const armed = await schedules.armed(journey.id);
  const next = journey.status === "active" ? nextOccurrence(journey, now) : undefined;
  if (armed && next && armed.at > minus(now, PATIENCE) && (armed.at <= now || armed.at === next.at)) return false;
  if (armed?.at === next?.at) return false;
  await schedules.arm(journey.id, next);
  return true;
}

async function restart(ref: RunRef, { runs, runExecutions }: ReconcilePorts): Promise<boolean> {
  const run = await runs.get(ref);
  if (run?.state !== "under-way" || run.execution === undefined) return false;
  if (await runExecutions.isRunning(run.execution)) return false;
  await runExecutions.restart(ref, run.execution);
  return true;
}
