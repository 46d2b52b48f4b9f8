/** `journeys validate FILE…`: checks documents before they are saved. */

import { count } from "../../../insight/words/count.ts";
import { type NextRun, nextRuns } from "../../../insight/words/next-runs.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { checkFiles } from "../../files/check-files.ts";
import { documentFiles } from "../../files/document-files.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { showProblems } from "../../terminal/show-problems.ts";
import { whenFilesChange } from "../../terminal/when-files-change.ts";

export const validateCommand: CliCommand = {
  options: [
    ["--watch", "check again whenever a file changes, until Ctrl-C"],
    ["--json", 'print { "ok", "problems" } and nothing else'],
  ],
  notes:
    "A folder stands for the documents in it. A journey may name the templates among the files. Scenarios and JSON Schemas\nare skipped; run a scenario with journeys simulate. Exit code 1 when there are problems; a warning is no problem.",
  example: "journeys validate examples/abandoned-cart",
  run: ({ operands, options }, io) => {
    const json = options.json === true;
    const once = async (to: Io) => validate(operands, { json }, to);
    return options.watch === true ? whenFilesChange(once, { json }, io) : once(io);
  },
};

const times = ({ file, next }: { file: string; next: readonly NextRun[] }) => ({
  file,
  next: next.map(({ at }) => at),
});

export function validate(names: readonly string[], { json = false }: { json?: boolean }, io: Io): ExitCode {
  const checked = checkFiles(documentFiles(names, io), io);
  const errors = checked.flatMap(({ problems }) => problems);
  const warnings = checked.flatMap(({ warnings }) => warnings);
  const ok = errors.length === 0;
  const now = new Date().toISOString();
  const runs = checked.flatMap(({ file, kind, value, problems }) => {
    const next = kind === "journey" && problems.length === 0 ? nextRuns(value as Journey, now) : [];
    return next.length > 0 ? [{ file, next }] : [];
  });
  if (json)
    io.out(
      JSON.stringify({ ok, problems: [...errors, ...warnings], ...(runs.length > 0 && { runs: runs.map(times) }) }),
    );
  else {
    for (const { file, problems, warnings } of checked) showProblems(file, [...problems, ...warnings], io);
    for (const { file, next } of runs) io.out(`${file} runs next: ${next.map(({ text }) => text).join(", ")}`);
    const warned = warnings.length > 0 ? `, ${count(warnings.length, "warning")}` : "";
    io.out(`${count(checked.length, "file")}, ${ok ? "no problems" : count(errors.length, "problem")}${warned}.`);
  }
  return ok ? 0 : 1;
}
