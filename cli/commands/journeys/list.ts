/** `journeys list`: the journeys of a stack, one a line, then its templates. */

import { type Listed, listed } from "../../../stack/journeys/listed.ts";
import { type ListedTemplate, listedTemplates } from "../../../stack/journeys/listed-templates.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";
import { type Cell, showTable } from "../../terminal/table.ts";

export const listCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "When the last edit of a journey or template was rejected, the live version or text stays live. journeys show ID lists the\nproblems.",
  example: "journeys list --stack CustomerJourneys",
  run: withStack(async (stack, { options }, io) => {
    const rows = (await listed(stack)).map(({ counts: _, goals: __, ...row }) => row);
    const templates = await listedTemplates(stack);
    if (options.json === true) io.out(JSON.stringify({ ok: true, journeys: rows, templates }));
    else {
      show(rows, io);
      if (templates.length > 0) showTemplates(templates, io);
    }
    return 0;
  }),
};

function show(rows: readonly Listed[], io: Io): void {
  if (rows.length === 0) io.out("There is no journey yet. Publish one with journeys publish FILE.");
  showTable(
    ["id", "name", "status", "version", "inside", "entered", "last edit"],
    rows.map(({ journeyId, name, status, version, "breaker-open": isOpen, inside, entered, edit, problems }) => [
      journeyId,
      name,
      {
        text: isOpen ? `${status}, circuit breaker open` : status,
        color: status === "active" && !isOpen ? "green" : "yellow",
      },
      version,
      inside,
      entered,
      editCell(edit, problems),
    ]),
    io,
  );
}

function showTemplates(rows: readonly ListedTemplate[], io: Io): void {
  io.out("");
  showTable(
    ["id", "kind", "last edit"],
    rows.map(({ templateId, kind, edit, problems }) => [templateId, kind, editCell(edit, problems)]),
    io,
  );
}

function editCell(edit: Listed["edit"], problems: number): Cell {
  if (edit === "published") return edit;
  const text = edit === "rejected" ? `rejected (${problems} problem${problems === 1 ? "" : "s"})` : edit;
  return { text, color: "yellow" };
}
