/**
 * Corrects the schedules that differ from the live journeys, makes up an occurrence whose run did not begin, and starts
 * a run again if its execution was lost, also before the run began. A run that has been due for less than a quarter of
 * an hour is not changed: EventBridge Scheduler, or the command of a person, may be starting it.
 */
import type { RunRef } from "../../domain/schedule/audience-run.ts";
import { nextOccurrence, type Occurrence } from "../../domain/schedule/occurrence.ts";
import type { RunRecord } from "../../domain/schedule/run-record.ts";
import { justBefore, later, minus, type Time } from "../../domain/time/time.ts";
import { throwFirst } from "../errors.ts";
import type { Ports, StoredJourneys } from "../ports.ts";

const PATIENCE = "PT15M";
/** A run that a person asked for earlier than this, or that was due earlier, does not begin any more. */
const WANTED = "P1D";

/** The executions of the state machine of audience runs. */
export interface RunExecutions {
  isRunning(execution: string): Promise<boolean>;
  /** A second call for the same lost execution with the same `when` starts no other execution. */
  restart(ref: RunRef, lost: string, when: string): Promise<void>;
  /** For a run that has not begun. A second call with the same `when` starts no other execution. */
  begin(ref: RunRef, when: string): Promise<void>;
  /** For an occurrence that has no run. A second call with the same `when` starts no other execution. */
  makeUp(journeyId: string, missed: Occurrence, when: string): Promise<void>;
}

type ReconcilePorts = Pick<Ports, "clock" | "schedules" | "runs"> & {
  readonly journeys: StoredJourneys;
  readonly runExecutions: RunExecutions;
};

export interface ReconciledRuns {
  /** The number of schedules that were missing, left over, or had another time. */
  readonly schedulesArmed: number;
  /** The number of executions that were started for runs without one, or for occurrences without a run. */
  readonly runsRestarted: number;
}

export async function reconcileRuns(ports: ReconcilePorts): Promise<ReconciledRuns> {
  const failures: unknown[] = [];
  const counts = { armed: 0, restarted: 0, unchanged: 0 };
  const count = (work: Promise<Corrected>) =>
    work.then(
      (corrected) => counts[corrected]++,
      (error: unknown) => failures.push(error),
    );
  for (const { journey } of (await ports.journeys.catalog()).journeys)
    if (journey.trigger.schedule ?? journey.trigger.date) await count(correctSchedule(journey, ports));
  for (const run of await ports.runs.underWay()) await count(restart(run, ports));
  for (const run of await ports.runs.asked(minus(ports.clock.now(), WANTED))) await count(beginAgain(run, ports));
  throwFirst(failures);
  return { schedulesArmed: counts.armed, runsRestarted: counts.restarted };
}

type Corrected = "armed" | "restarted" | "unchanged";

type Scheduled = Parameters<typeof nextOccurrence>[0] & { readonly id: string; readonly status: string };

/**
 * A save that is newer than the catalog may have armed its own occurrence, so the journey is read again before a
 * change. A run arms the next occurrence after it has begun. So if the schedule still names an occurrence of the past,
 * that occurrence has no run, or its execution was lost on the way.
 */
async function correctSchedule(
  journey: Scheduled,
  { journeys, schedules, clock, runExecutions }: ReconcilePorts,
): Promise<Corrected> {
  const now = clock.now();
  const armed = await schedules.armed(journey.id);
  if (isRight(armed, nextOf(journey, now), now)) return "unchanged";
  const live = (await journeys.liveNow(journey.id))?.journey;
  const next = nextOf(live, now);
  if (isRight(armed, next, now)) return "unchanged";
  const missed = armed && newestMissed(live, armed.at, now);
  if (missed) {
    await runExecutions.makeUp(journey.id, missed, now.slice(0, HOUR));
    return "restarted";
  }
  await schedules.arm(journey.id, next);
  return "armed";
}

/** The newest occurrence since the one that is armed, and of the last day. Older occurrences are not made up. */
function newestMissed(journey: Scheduled | undefined, armed: Time, now: Time): Occurrence | undefined {
  let missed: Occurrence | undefined;
  let next = nextOf(journey, justBefore(later(armed, minus(now, WANTED))));
  while (next && next.at <= now) {
    missed = next;
    next = nextOf(journey, next.at);
  }
  return missed;
}

function nextOf(journey: Scheduled | undefined, now: Time): Occurrence | undefined {
  return journey?.status === "active" ? nextOccurrence(journey, now) : undefined;
}

function isRight(armed: Occurrence | undefined, next: Occurrence | undefined, now: Time): boolean {
  if (armed && next && armed.at > minus(now, PATIENCE) && armed.at <= now) return true;
  return armed?.at === next?.at;
}

/**
 * Starts at most one execution in an hour. The run names the new execution only after this execution has planned the
 * run, so an execution that is lost before that is replaced an hour later. Two executions of one run do no harm: they
 * repeat each other's steps.
 */
async function restart(ref: RunRef, { clock, runs, runExecutions }: ReconcilePorts): Promise<Corrected> {
  const run = await runs.get(ref);
  if (run?.state !== "under-way" || run.execution === undefined) return "unchanged";
  if (await runExecutions.isRunning(run.execution)) return "unchanged";
  await runExecutions.restart(ref, run.execution, clock.now().slice(0, HOUR));
  return "restarted";
}

/**
 * Starts at most one execution in an hour. If the execution of the person's command is still alive, the first execution
 * that plans the run begins the run.
 */
async function beginAgain(run: RunRecord, { clock, runExecutions }: ReconcilePorts): Promise<Corrected> {
  const now = clock.now();
  if (run.startedAt > minus(now, PATIENCE)) return "unchanged";
  await runExecutions.begin(run, now.slice(0, HOUR));
  return "restarted";
}

/** The length of a text such as `2026-03-25T13`. */
const HOUR = 13;
