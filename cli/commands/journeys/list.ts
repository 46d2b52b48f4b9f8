/** `journeys list`: the journeys of a stack, one a line. */

import { jsonOption, stackOption, withStack } from "../../deployed/on-stack.ts";
import { type Listed, listed } from "../../list/listed.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { Io } from "../../terminal/io.ts";
import { type Cell, showTable } from "../../terminal/table.ts";

export const listCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "When the last edit of a journey was rejected, the version before stays live. journeys show ID lists the problems.",
  example: "journeys list --stack CustomerJourneys",
  run: withStack(async (stack, { options }, io) => {
    const rows = (await listed(stack)).map(({ counts: _, goals: __, ...row }) => row);
    if (options.json === true) io.out(JSON.stringify({ ok: true, journeys: rows }));
    else show(rows, io);
    return 0;
  }),
};

function show(rows: readonly Listed[], io: Io): void {
  if (rows.length === 0) io.out("There is no journey yet. Publish one with journeys publish FILE.");
  showTable(
    ["id", "name", "status", "version", "inside", "entered", "last edit"],
    rows.map(({ journeyId, name, status, version, held, inside, entered, edit, problems }) => [
      journeyId,
      name,
      {
        text: held ? `${status}, circuit breaker open` : status,
        color: status === "active" && !held ? "green" : "yellow",
      },
      version,
      inside,
      entered,
      edit === "published" ? edit : ({ text: editText(edit, problems), color: "yellow" } satisfies Cell),
    ]),
    io,
  );
}

function editText(edit: Listed["edit"], problems: number): string {
  return edit === "rejected" ? `rejected (${problems} problem${problems === 1 ? "" : "s"})` : edit;
}
