/** `journeys stats ID`: the counts of a journey as a funnel. */

import { funnelOf } from "../../../insight/funnel/funnel.ts";
import type { Stack } from "../../../stack/stack.ts";
import { showFunnel } from "../../stats/show-funnel.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { versionNumber } from "../../terminal/version-number.ts";

export const statsCommand: CliCommand = {
  options: [
    ["--version <number>", "only the customers of this version, counted from their logs"],
    stackOption,
    jsonOption,
  ],
  notes:
    "Delivered and bounced are shares of sent; read, clicked and complained are shares of delivered. There are no counters by\nversion: --version reads the whole customers table, and also shows how long goals took. A customer counts for the version\nwith which they entered, or to which they were migrated.",
  example: "journeys stats abandoned-cart",
  run: (given, io) => {
    const { json, version } = given.options;
    const asked = {
      json: json === true,
      ...(version !== undefined && { version: versionNumber("--version", version) }),
    };
    return onStack(given, io, (stack) => stats(given.operands[0] ?? "", asked, stack, io));
  },
};

async function stats(
  id: string,
  { json, version }: { json: boolean; version?: number },
  stack: Stack,
  io: Io,
): Promise<ExitCode> {
  const { liveJourney } = await import("../../../stack/deployed/journey.ts");
  const live = await liveJourney(id, stack);
  if (version !== undefined) {
    const { showVersion } = await import("../../stats/version.ts");
    return showVersion(live, version, { json }, stack, io);
  }
  const funnel = funnelOf(live.journey, await stack.counts(id));
  const { name, status } = live.journey;
  if (json) io.out(JSON.stringify({ ok: true, journeyId: id, version: live.version, status, ...funnel }));
  else {
    io.out(`${io.style("bold", name)} (${id}), version ${live.version}, ${status}`);
    showFunnel(funnel, io);
  }
  return 0;
}
