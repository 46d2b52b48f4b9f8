/**
 * Ends an audience run when everything is decided: all parts are read, and no customer is left on the queue. A run whose
 * queue has not moved for an hour ends too; the record says how many customers are undecided.
 */
import type { RunRef } from "../../domain/schedule/audience-run.ts";
import { progressOf, type RunPart, type RunProgress, type RunRecord } from "../../domain/schedule/run-record.ts";
import { plus, type Time, toMilliseconds } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";

/** How many customers were waiting at a look, and since when it has been as many. */
export interface Look {
  readonly waiting: number;
  readonly since: Time;
}

export type SumInstruction =
  | { readonly next: "done" }
  /** A part is not complete. An execution of Step Functions has at most 25,000 events, so a part may need several. */
  | { readonly next: "consider" }
  | ({ readonly next: "wait"; readonly until: Time } & Look);

const GIVEN_UP = "PT1H";

export async function sumUp(
  ref: RunRef,
  before: Look | undefined,
  { runs, clock }: Pick<Ports, "runs" | "clock">,
): Promise<SumInstruction> {
  const run = await runs.get(ref);
  if (run?.state !== "under-way") return { next: "done" };
  const progress = await runProgress(run, { runs });
  const { waiting, partsDone } = progress;
  if (partsDone < run.parts) return { next: "consider" };
  const now = clock.now();
  const since = before?.waiting === waiting ? before.since : now;
  if (waiting > 0 && now < plus(since, GIVEN_UP))
    return { next: "wait", until: plus(now, waitFor(run, now)), waiting, since };
  await runs.end(run, now, progress);
  return { next: "done" };
}

export async function runProgress(run: RunRecord, { runs }: Pick<Ports, "runs">): Promise<RunProgress> {
  const numbers = Array.from({ length: run.parts }, (_, part) => part);
  const [parts, counts] = await Promise.all([
    Promise.all(numbers.map((part) => runs.part(run, part))),
    runs.counts(run),
  ]);
  return progressOf(
    parts.filter((part): part is RunPart => part !== undefined),
    counts,
  );
}

/** The queue of a long run is checked less often. */
function waitFor({ startedAt }: RunRecord, now: Time): string {
  const minutes = (toMilliseconds(now) - toMilliseconds(startedAt)) / 60_000;
  return minutes < 10 ? "PT5S" : minutes < 120 ? "PT1M" : "PT10M";
}
