/** Prints the funnel of one version, counted from the logs. */
import { versionFunnel } from "../../insight/funnel/version-funnel.ts";
import { secondsText } from "../../insight/words/duration-text.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import type { Stack } from "../../stack/stack.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { showFunnel } from "./show-funnel.ts";

export async function showVersion(
  { journey: { id, name, goals }, version: newest }: LiveJourney,
  version: number,
  { json }: { json: boolean },
  stack: Stack,
  io: Io,
): Promise<ExitCode> {
  const frozen = await stack.ports.journeys.version(id, version);
  if (!frozen) throw new UsageError(`The journey "${id}" has no version ${version}. The newest is ${newest}.`);
  const funnel = await versionFunnel({ version, frozen, goals }, stack.logs(id));
  if (json) io.out(JSON.stringify({ ok: true, journeyId: id, version, ...funnel }));
  else {
    io.out(`${io.style("bold", name)} (${id}), customers of version ${version}`);
    showFunnel(funnel, io);
    for (const { goalId, medianSeconds } of funnel.goals)
      if (medianSeconds !== undefined)
        io.out(`  ${goalId}: half of the customers reached it within ${secondsText(medianSeconds)} of entering.`);
  }
  return 0;
}
