/** `journeys list`: the journeys of a stack, one a line. */

import { jsonOption, stackOption, withStack } from "../../deployed/on-stack.ts";
import type { Stack } from "../../stack/stack.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { Io } from "../../terminal/io.ts";
import { type Cell, showTable } from "../../terminal/table.ts";

export const listCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "When the last edit of a journey was rejected, the version before stays live. journeys show ID lists the problems.",
  example: "journeys list --stack CustomerJourneys",
  run: withStack(async (stack, { options }, io) => {
    const rows = await listed(stack);
    if (options.json === true) io.out(JSON.stringify({ ok: true, journeys: rows }));
    else show(rows, io);
    return 0;
  }),
};

export interface Listed {
  readonly journeyId: string;
  readonly name: string;
  /** The status of the live version; `draft` when no version was ever live. */
  readonly status: string;
  /** The live version; 0: none yet. */
  readonly version: number;
  /** Whether its marketing is on hold. */
  readonly held: boolean;
  readonly inside: number;
  readonly entered: number;
  /** The outcome of the last edit; `pending` until the stack has answered, `deleted` when the document was deleted. */
  readonly edit: "published" | "draft" | "rejected" | "pending" | "deleted";
  /** The number of problems of the last edit. */
  readonly problems: number;
}

async function listed(stack: Stack): Promise<Listed[]> {
  const [saved, pointers] = await Promise.all([stack.journeys(), stack.pointers()]);
  const documents = new Map(saved.map((document) => [document.id, document]));
  const live = new Map(pointers.map((pointer) => [pointer.journeyId, pointer]));
  const ids = [...new Set([...documents.keys(), ...live.keys()])].sort();
  const rows: Listed[] = [];
  for (const id of ids) {
    const [document, pointer] = [documents.get(id), live.get(id)];
    const [counts, held] = [await stack.counts(id), await stack.held(id)];
    rows.push({
      journeyId: id,
      name: String(pointer?.name ?? document?.name ?? ""),
      status: pointer?.status ?? "draft",
      version: pointer?.number ?? 0,
      held: held !== undefined,
      inside: counts.active ?? 0,
      entered: counts.entered ?? 0,
      edit: document ? (document.publication?.state ?? "pending") : "deleted",
      problems: document?.publication?.problems.length ?? 0,
    });
  }
  return rows;
}

function show(rows: readonly Listed[], io: Io): void {
  if (rows.length === 0) io.out("There is no journey yet. Publish one with journeys publish FILE.");
  showTable(
    ["id", "name", "status", "version", "inside", "entered", "last edit"],
    rows.map(({ journeyId, name, status, version, held, inside, entered, edit, problems }) => [
      journeyId,
      name,
      { text: held ? `${status}, on hold` : status, color: status === "active" && !held ? "green" : "yellow" },
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
