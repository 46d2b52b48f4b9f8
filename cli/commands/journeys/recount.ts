/** `journeys recount ID`: compares the counters of a journey with its logs; `--repair` corrects them. */

import {
  byTransaction,
  type CounterDifference,
  countLogs,
  differencesIn,
  inBoth,
  repairOf,
} from "../../../insight/funnel/counter-differences.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";
import { showTable } from "../../terminal/table.ts";

export const recountCommand: CliCommand = {
  options: [["--repair", "correct the counters by adding or subtracting the difference"], stackOption, jsonOption],
  notes:
    "Reads the whole customers table, and a second time if counters differ: only differences that both readings have are\nshown and repaired. Counters that change meanwhile are listed and not compared; try again when there is less traffic. A\nrepair adds to the counters, so counts of running traffic are kept. Exit code 1 when differences remain.",
  example: "journeys recount abandoned-cart --repair",
  run: withStack((stack, { operands: [id = ""], options }, io) =>
    recount(id, { json: options.json === true, repair: options.repair === true }, stack, io),
  ),
};

async function recount(
  id: string,
  { json, repair }: { json: boolean; repair: boolean },
  stack: Stack,
  io: Io,
): Promise<ExitCode> {
  const { liveJourney } = await import("../../../stack/deployed/journey.ts");
  await liveJourney(id, stack);
  const first = await compare(id, stack, io);
  const second = first.differences.length > 0 ? await compare(id, stack, io) : first;
  const differences = inBoth(first.differences, second.differences);
  const repaired = repair && differences.length > 0;
  if (repaired) await put(id, differences, stack);
  const { moving } = second;
  const ok = differences.length === 0 || repaired;
  if (json) io.out(JSON.stringify({ ok, journeyId: id, differences, moving, repaired }));
  else show(id, differences, { moving, repaired }, io);
  return ok ? 0 : 1;
}

async function compare(id: string, stack: Stack, io: Io) {
  const before = await stack.counts(id);
  let next = PROGRESS_EVERY;
  const progress = (items: number) => {
    if (items < next) return;
    io.err(`${items} items of the customers table read…`);
    next += PROGRESS_EVERY;
  };
  const logs = await countLogs(stack.logs(id, progress));
  return differencesIn({ before, logs, after: await stack.counts(id) });
}

const PROGRESS_EVERY = 100_000;

async function put(journeyId: string, differences: readonly CounterDifference[], stack: Stack): Promise<void> {
  const { store } = stack.ports;
  for (const together of byTransaction(differences))
    await store.commit([{ kind: "counts", journeyId, counts: repairOf(together), shardKey: journeyId }]);
}

function show(
  id: string,
  differences: readonly CounterDifference[],
  { moving, repaired }: { moving: readonly string[]; repaired: boolean },
  io: Io,
): void {
  showTable(
    ["count", "counter", "logs", "difference"],
    differences.map(({ name, counter, logs }) => [
      name,
      counter,
      logs,
      { text: `${counter > logs ? "+" : ""}${counter - logs}`, color: "red" },
    ]),
    io,
  );
  const rest = moving.length > 0 ? ` Not compared, because they changed meanwhile: ${moving.join(", ")}.` : "";
  const outcome =
    differences.length === 0
      ? "counters and logs agree."
      : repaired
        ? `${differences.length} repaired.`
        : `${differences.length} differ. journeys recount ${id} --repair corrects them.`;
  io.out(`${id}: ${outcome}${rest}`);
}
