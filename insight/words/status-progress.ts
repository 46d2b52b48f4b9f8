/** The progress of a stop or a release, which runs in parts. */

import { parts } from "../../lambdas/domain/enrollment/part.ts";
import type { JourneyStatus } from "../../lambdas/domain/journey/journey.ts";
import type { CountedWork, StatusProgressItem } from "../../lambdas/domain/journey/status-work.ts";
import { count } from "./count.ts";

export interface ProgressLine {
  readonly work: CountedWork;
  readonly text: string;
}

const verbs: Readonly<Record<CountedWork, string>> = { stop: "exited", release: "went on" };

/** Completed work has no line, except for the stop of a journey that is still stopped. */
export function progressLines(
  items: readonly StatusProgressItem[],
  status: JourneyStatus,
  inside: number,
): readonly ProgressLine[] {
  return (["stop", "release"] as const).flatMap((work) => {
    const all = items.filter((item) => item.work === work);
    const since = all
      .map((item) => item.since)
      .sort()
      .at(-1);
    if (since === undefined) return [];
    const newest = all.filter((item) => item.since === since);
    const complete = newest.filter((item) => item.complete).length;
    const done = newest.reduce((sum, item) => sum + item.done, 0);
    const isComplete = complete === parts.length;
    const isStopped = work === "stop" && status === "stopped";
    if (isComplete && !isStopped) return [];
    const left = isStopped ? `, ${inside} still inside` : "";
    const state = isComplete ? "complete" : `${complete} of ${parts.length} parts are complete`;
    return [{ work, text: `began at ${since}: ${count(done, "customer")} ${verbs[work]}${left}; ${state}` }];
  });
}
