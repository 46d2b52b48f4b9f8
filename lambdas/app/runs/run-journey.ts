/**
 * The journey as an audience run sees it: the version that was live when the run began. Status and rules follow the live
 * version, as they do for every enrollment.
 */
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import type { RunRecord } from "../../domain/schedule/run-record.ts";
import type { Ports } from "../ports.ts";

/** `read`: how to read the live version. `undefined`: the journey was deleted. */
export async function journeyOfRun(
  { journeyId, version }: Pick<RunRecord, "journeyId" | "version">,
  { journeys }: Pick<Ports, "journeys">,
  read: "live" | "liveNow" = "live",
): Promise<LiveJourney | undefined> {
  const live = await journeys[read](journeyId);
  if (!live || live.version === version) return live;
  const begun = await journeys.version(journeyId, version);
  if (!begun) return undefined;
  const { status, exit, goals, limits } = live.journey;
  const { exit: _, goals: __, limits: ___, ...own } = begun;
  const rules = { ...(exit && { exit }), ...(goals && { goals }), ...(limits && { limits }) };
  return { ...live, version, journey: { ...own, ...rules, status } };
}
