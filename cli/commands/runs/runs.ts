/** `journeys runs [ID]`: the audience runs of a journey, and `journeys runs cancel RUN`. */
import { liveJourney } from "../../../stack/deployed/journey.ts";
import { runText, shownRuns } from "../../../stack/journeys/run-text.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError, unknown } from "../../../stack/usage-error.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const runsCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "A run starts by the schedule or date of its journey, or by journeys enter. `runs cancel RUN` lets no further\ncustomer in; customers who have entered stay.",
  example: "journeys runs weekly-letter",
  run: withStack((stack, { operands: [id, runId], options }, io) =>
    id === "cancel"
      ? cancel(runId, options.json === true, stack, io)
      : list(id, runId, { json: options.json === true }, stack, io),
  ),
};

async function list(
  id: string | undefined,
  extra: string | undefined,
  { json }: { json: boolean },
  stack: Stack,
  io: Io,
): Promise<ExitCode> {
  if (extra !== undefined) throw new UsageError(`runs takes one id. To cancel a run: journeys runs cancel ${extra}.`);
  if (id !== undefined) await liveJourney(id, stack);
  const ids = id === undefined ? (await stack.pointers()).map(({ journeyId }) => journeyId) : [id];
  const runs = (await Promise.all(ids.map((journeyId) => shownRuns(journeyId, stack)))).flat();
  if (json) io.out(JSON.stringify({ ok: true, runs }));
  else if (runs.length === 0) io.out(id === undefined ? "There are no runs." : `"${id}" has no runs.`);
  else for (const run of runs) io.out(`${io.style("bold", run.runId)}  ${runText(run)}`);
  return 0;
}

async function cancel(runId: string | undefined, json: boolean, stack: Stack, io: Io): Promise<ExitCode> {
  if (runId === undefined) throw new UsageError("Which run? `journeys runs` lists them.");
  const [, journeyId = ""] = /^(.+)-\d{8}T\d+Z$/.exec(runId) ?? [];
  const ref = { journeyId, runId };
  const run = await stack.ports.runs.get(ref);
  if (!run) throw unknown("run", runId, " journeys runs lists all.");
  if (run.state === "ended" || run.state === "skipped") throw new UsageError(`The run ${runId} is over.`);
  await stack.ports.runs.cancel(ref, stack.ports.clock.now());
  const [shown] = (await shownRuns(journeyId, stack)).filter((each) => each.runId === runId);
  if (json) io.out(JSON.stringify({ ok: true, run: shown }));
  else if (shown)
    io.out(`${io.style("green", "✓")} ${runId} is cancelled. The run lets no further customer in. ${runText(shown)}`);
  return 0;
}
