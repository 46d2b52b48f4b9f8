/**
 * Begins an audience run: stores that the run is under way, and schedules the next occurrence. An occurrence that comes
 * while a run is under way is skipped and noted. Every step may run twice.
 */
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import { nextOccurrence, type Occurrence } from "../../domain/schedule/occurrence.ts";
import { type RunRecord, runIdOf } from "../../domain/schedule/run-record.ts";
import { justBefore } from "../../domain/time/time.ts";
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
  const { journeyId } = start;
  const live = await ports.journeys.live(journeyId);
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
  { runs, schedules, clock }: PlanPorts,
): Promise<RunRecord | undefined> {
  if (live?.journey.status !== "active") return undefined;
  const isOccurrence = nextOccurrence(live.journey, justBefore(at))?.at === at;
  const now = clock.now();
  await schedules.arm(journeyId, nextOccurrence(live.journey, at > now ? at : now));
  if (!isOccurrence) return undefined;
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
