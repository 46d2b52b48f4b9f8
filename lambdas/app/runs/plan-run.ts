/**
 * Begins an audience run: stores that the run is under way, and then schedules the next occurrence. Until then the
 * schedule keeps this occurrence, so the reconciler makes up an occurrence whose execution was lost. An occurrence that
 * comes while a run is under way is skipped and noted. Every step may run twice.
 */
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import { nextOccurrence, type Occurrence } from "../../domain/schedule/occurrence.ts";
import { type RunRecord, runIdOf } from "../../domain/schedule/run-record.ts";
import { justBefore, later } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";

/** A run on all customers reads the table in this many parts at the same time. */
export const PARTS = 32;

export type PlanPorts = Pick<Ports, "clock" | "journeys" | "schedules" | "runs">;

export type RunStart =
  /** The schedule or date of the journey has come. */
  | ({ readonly journeyId: string } & Occurrence)
  /**
   * A person has asked for the run, or the execution of a run was lost. `asked`: the execution only begins the run. If
   * another execution was faster, there is nothing to do.
   */
  | { readonly journeyId: string; readonly runId: string; readonly asked?: true };

/** The parts of the run; `undefined` if there is nothing to do. */
export async function planRun(
  start: RunStart,
  execution: string,
  ports: PlanPorts,
): Promise<Pick<RunRecord, "journeyId" | "runId" | "parts"> | undefined> {
  const live = await ports.journeys.live(start.journeyId);
  const begun = await beginRun(start, live, execution, ports);
  if ("at" in start) await armNext(start, live, ports);
  return begun;
}

async function beginRun(
  start: RunStart,
  live: LiveJourney | undefined,
  execution: string,
  ports: PlanPorts,
): Promise<RunRecord | undefined> {
  const run = "runId" in start ? await ports.runs.get(start) : await scheduled(start, live, ports);
  if (!run || run.state === "ended" || run.state === "skipped") return undefined;
  // A second execution of the same occurrence, or of a run that was asked for, leaves the run to the first one.
  if (("at" in start || start.asked) && run.execution !== undefined && run.execution !== execution) return undefined;
  const isLive = live !== undefined && live.version > 0;
  if (!isLive && run.state === "asked") return skip(run, ports);
  const version = isLive && run.state === "asked" ? live.version : run.version;
  const begun: RunRecord = { ...run, state: "under-way", version, execution };
  const other = await ports.runs.begin(begun);
  return other ? skip(run, ports, other.runId) : begun;
}

async function skip(run: RunRecord, { runs }: PlanPorts, skippedFor?: string): Promise<undefined> {
  await runs.note({ ...run, state: "skipped", ...(skippedFor !== undefined && { skippedFor }) });
}

/** The run of an occurrence. A journey that is not active, or whose schedule has changed since, starts no run. */
async function scheduled(
  { journeyId, at, local }: { readonly journeyId: string } & Occurrence,
  live: LiveJourney | undefined,
  { runs }: PlanPorts,
): Promise<RunRecord | undefined> {
  if (live?.journey.status !== "active" || nextOccurrence(live.journey, justBefore(at))?.at !== at) return undefined;
  const run: RunRecord = {
    journeyId,
    runId: runIdOf(journeyId, at),
    startedAt: at,
    aim: { kind: "all" },
    ...(local !== undefined && { local }),
    state: "asked",
    version: live.version,
    parts: PARTS,
  };
  return (await runs.get(run)) ?? run;
}

/**
 * A save may have armed its own occurrence after `live` was read, and this call then replaces it. So the journey is read
 * again afterwards. The save of a journey that is not active removes the schedule.
 */
async function armNext(
  { journeyId, at }: { readonly journeyId: string } & Occurrence,
  live: LiveJourney | undefined,
  ports: PlanPorts,
): Promise<void> {
  const { journeys, schedules, clock } = ports;
  if (live?.journey.status !== "active") return;
  await schedules.arm(journeyId, nextOccurrence(live.journey, later(at, clock.now())));
  const now = await journeys.live(journeyId);
  if (now?.version !== live.version) await armNext({ journeyId, at }, now, ports);
}
