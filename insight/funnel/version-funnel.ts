/**
 * The funnel of one version, and how long its goals took. Counters are not kept by version, so this adds up the logs of
 * the enrollments of the version: enrollments that entered with this version, and enrollments that a person migrated to
 * it.
 */
import { addCounts, type Counts, countsOf } from "../../lambdas/domain/counters/counts.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { toMilliseconds } from "../../lambdas/domain/time/time.ts";
import { type Funnel, funnelOf, type GoalCounts } from "./funnel.ts";

export interface VersionFunnel extends Omit<Funnel, "goals"> {
  readonly goals: readonly (GoalCounts & {
    /** The median time from entry to goal; absent when no customer reached the goal. */
    readonly medianSeconds?: number;
  })[];
}

/** `goals`: the goals of the live version, which apply to customers of every version. */
export async function versionFunnel(
  { version, frozen, goals }: { version: number; frozen: Journey; goals: Journey["goals"] },
  enrollments: AsyncIterable<Enrollment>,
): Promise<VersionFunnel> {
  let counts: Counts = {};
  const times = new Map<string, number[]>();
  for await (const enrollment of enrollments) {
    if (enrollment.journeyVersion !== version) continue;
    counts = addCounts(counts, countsOf(enrollment));
    for (const [goalId, milliseconds] of timesToGoals(enrollment))
      times.set(goalId, [...(times.get(goalId) ?? []), milliseconds]);
  }
  const funnel = funnelOf({ ...frozen, ...(goals && { goals }) }, counts);
  return { ...funnel, goals: funnel.goals.map((goal) => ({ ...goal, ...medianOf(times.get(goal.goalId)) })) };
}

function timesToGoals({ goals, enteredAt }: Enrollment): [string, number][] {
  return Object.entries(goals).map(([goalId, at]) => [goalId, toMilliseconds(at) - toMilliseconds(enteredAt)]);
}

function medianOf(milliseconds: readonly number[] | undefined): { medianSeconds?: number } {
  if (!milliseconds) return {};
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return { medianSeconds: Math.round((sorted[(sorted.length - 1) >> 1] ?? 0) / 1000) };
}
