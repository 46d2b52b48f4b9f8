/** An audience run in words: its progress and its result. */
import { count } from "../../insight/words/count.ts";
import { runProgress } from "../../lambdas/app/runs/sum-up.ts";
import { reasonText } from "../../lambdas/domain/reasons/reason-text.ts";
import type { RunResult } from "../../lambdas/domain/schedule/audience-run.ts";
import type { RunProgress, RunRecord } from "../../lambdas/domain/schedule/run-record.ts";
import type { Stack } from "../stack.ts";

export interface ShownRun extends RunRecord {
  /** The progress; absent for a run that did not begin. */
  readonly progress?: RunProgress;
}

/** The runs with their progress as far as it is known, the newest first. */
export async function shownRuns(journeyId: string, { ports }: Pick<Stack, "ports">): Promise<ShownRun[]> {
  const runs = (await ports.runs.ofJourney(journeyId)).toReversed();
  return Promise.all(
    runs.map(async (run) => {
      if (run.state === "under-way") return { ...run, progress: await runProgress(run, ports) };
      const { result, undecided: waiting = 0 } = run;
      return result ? { ...run, progress: { result, waiting, partsDone: run.parts } } : run;
    }),
  );
}

/** `enter`: what the customers did, or would do. */
export function resultText({ considered, entered, refused }: RunResult, enter = "entered"): string {
  const reasons = Object.entries(refused).map(([reason, times]) => `${times} ${reasonText(reason)}`);
  const why = reasons.length > 0 ? ` Refused: ${reasons.join(", ")}.` : "";
  return `${count(considered, "customer")} considered, ${entered} ${enter}.${why}`;
}

export function runText({ state, progress, parts, cancelledAt, endedAt, skippedFor }: ShownRun): string {
  if (state === "asked") return "has not begun";
  if (state === "skipped")
    return skippedFor === undefined ? "skipped: the journey is not live" : `skipped: ${skippedFor} was under way`;
  const result = progress ? resultText(progress.result) : "";
  const cancelled = cancelledAt === undefined ? "" : `cancelled at ${cancelledAt}; `;
  if (state === "ended") {
    const left = progress && progress.waiting > 0 ? ` ${progress.waiting} on the queue undecided.` : "";
    return `${cancelled}ended at ${endedAt}: ${result}${left}`;
  }
  const far = progress ? `${progress.partsDone} of ${parts} parts read, ${progress.waiting} on the queue; ` : "";
  return `${cancelled}under way: ${far}${result}`;
}
