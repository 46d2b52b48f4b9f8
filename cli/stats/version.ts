/** The funnel of those who came in with one version, counted from their logs; and how long goals took. */

import { funnelOf } from "../../insight/funnel/funnel.ts";
import type { LiveJourney } from "../../lambdas/domain/catalog.ts";
import { addCounts, type Counts, countsOf } from "../../lambdas/domain/counts.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment.ts";
import { toMilliseconds } from "../../lambdas/domain/time.ts";
import { portsOf } from "../deployed/connect.ts";
import { enrollmentsOf } from "../deployed/logs.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import { type ExitCode, type Io, UsageError } from "../terminal/io.ts";
import { showFunnel } from "./show-funnel.ts";

export async function showVersion(
  { journey: { id, name, goals }, version: newest }: LiveJourney,
  version: number,
  { json }: { json: boolean },
  stack: DeployedStack,
  io: Io,
): Promise<ExitCode> {
  const frozen = await portsOf(stack).journeys.version(id, version);
  if (!frozen) throw new UsageError(`The journey "${id}" has no version ${version}. The newest is ${newest}.`);
  let counts: Counts = {};
  const took = new Map<string, number[]>();
  for await (const enrollment of enrollmentsOf(id, stack)) {
    if (enrollment.journeyVersion !== version) continue;
    counts = addCounts(counts, countsOf(enrollment));
    for (const [goalId, milliseconds] of timesToConvert(enrollment))
      took.set(goalId, [...(took.get(goalId) ?? []), milliseconds]);
  }
  // Goals follow the live version, components the one that the customer entered with.
  const funnel = funnelOf({ ...frozen, ...(goals && { goals }) }, counts);
  const timed = funnel.goals.map((goal) => ({ ...goal, ...convertedIn(took.get(goal.goalId)) }));
  if (json) io.out(JSON.stringify({ journeyId: id, version, ...funnel, goals: timed }));
  else {
    io.out(`${io.style("bold", name)} (${id}), those who came in with version ${version}`);
    showFunnel(funnel, io);
    for (const { goalId, medianSeconds } of timed)
      if (medianSeconds !== undefined)
        io.out(`  ${goalId}: half of them within ${inWords(medianSeconds)} of entering.`);
  }
  return 0;
}

function timesToConvert({ goals, enteredAt }: Enrollment): [string, number][] {
  return Object.entries(goals).map(([goalId, at]) => [goalId, toMilliseconds(at) - toMilliseconds(enteredAt)]);
}

function convertedIn(milliseconds: readonly number[] | undefined): { medianSeconds?: number } {
  if (!milliseconds) return {};
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return { medianSeconds: Math.round((sorted[(sorted.length - 1) >> 1] ?? 0) / 1000) };
}

function inWords(seconds: number): string {
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  const parts = [
    ...(days ? [`${days} d`] : []),
    ...(hours ? [`${hours} h`] : []),
    ...(minutes && !days ? [`${minutes} min`] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : `${seconds} s`;
}
