/** `journeys recount ID`: the counters of a journey against its logs, and with `--repair` put right. */

import {
  countLogs,
  type Difference,
  differencesIn,
  inTransactions,
  repairOf,
  seenTwice,
} from "../../insight/funnel/counter-differences.ts";
import { jsonOption, stackOption, withStack } from "../deployed/on-stack.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import type { CliCommand } from "../terminal/command.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { showTable } from "../terminal/table.ts";

export const recountCommand: CliCommand = {
  usage: "recount <id>",
  summary: "holds a journey's counters against the logs of everybody who entered, and puts them right",
  options: [["--repair", "add what the counters lack, or take away what they have too much"], stackOption, jsonOption],
  notes:
    "Reads the whole customers table, and a second time where something differs: only what both times differ alike is told\nand repaired. Counters that move meanwhile are left out and named; ask again when the journey is quieter. A repair adds\nto the counters, so nothing that is counted at that moment is lost. Exit code 1 when they differ and stay so.",
  example: "journeys recount abandoned-cart --repair",
  run: withStack((stack, { operands: [id = ""], options }, io) =>
    recount(id, { json: options.json === true, repair: options.repair === true }, stack, io),
  ),
};

async function recount(
  id: string,
  { json, repair }: { json: boolean; repair: boolean },
  stack: DeployedStack,
  io: Io,
): Promise<ExitCode> {
  const { liveJourney } = await import("../deployed/journey.ts");
  await liveJourney(id, stack);
  const first = await look(id, stack, io);
  const second = first.differences.length > 0 ? await look(id, stack, io) : first;
  const differences = seenTwice(first.differences, second.differences);
  const repaired = repair && differences.length > 0;
  if (repaired) await put(id, differences, stack);
  const { moving } = second;
  if (json) io.out(JSON.stringify({ journeyId: id, differences, moving, repaired }));
  else tell(id, differences, { moving, repaired }, io);
  return differences.length === 0 || repaired ? 0 : 1;
}

async function look(id: string, stack: DeployedStack, io: Io) {
  const { enrollmentsOf } = await import("../deployed/logs.ts");
  const before = await stack.counts(id);
  let told = PROGRESS_EVERY;
  const progress = (items: number) => {
    if (items < told) return;
    io.err(`${items} items of the customers table read…`);
    told += PROGRESS_EVERY;
  };
  const logs = await countLogs(enrollmentsOf(id, stack, progress));
  return differencesIn({ before, logs, after: await stack.counts(id) });
}

const PROGRESS_EVERY = 100_000;

async function put(journeyId: string, differences: readonly Difference[], stack: DeployedStack): Promise<void> {
  const { portsOf } = await import("../deployed/connect.ts");
  const { store } = portsOf(stack);
  for (const together of inTransactions(differences))
    await store.commit([{ kind: "counts", journeyId, counts: repairOf(together), spread: journeyId }]);
}

function tell(
  id: string,
  differences: readonly Difference[],
  { moving, repaired }: { moving: readonly string[]; repaired: boolean },
  io: Io,
): void {
  showTable(
    ["count", "counter", "logs", "difference"],
    differences.map(({ name, counter, logs }) => [
      name,
      counter,
      logs,
      { text: `${counter > logs ? "+" : ""}${counter - logs}`, colour: "red" },
    ]),
    io,
  );
  const rest = moving.length > 0 ? ` Not judged, because they moved meanwhile: ${moving.join(", ")}.` : "";
  const outcome =
    differences.length === 0
      ? "counters and logs say the same."
      : repaired
        ? `${differences.length} repaired.`
        : `${differences.length} differ. journeys recount ${id} --repair puts them right.`;
  io.out(`${id}: ${outcome}${rest}`);
}
