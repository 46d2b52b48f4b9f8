/** `journeys validate FILE…`: checks documents before they are saved. */

import { count } from "../../insight/words/count.ts";
import { checkFiles } from "../files/check-files.ts";
import type { CliCommand } from "../terminal/command.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { showProblems } from "../terminal/show-problems.ts";

export const validateCommand: CliCommand = {
  usage: "validate <file...>",
  summary: "checks journeys and templates offline, together",
  options: [["--json", 'print { "ok", "problems" } and nothing else']],
  notes:
    "A journey may name the templates among the files. Scenarios and JSON Schemas are not checked; run a scenario with\njourneys simulate. Exit code 1 when there are problems; a\nwarning is no problem.",
  example: "journeys validate examples/abandoned-cart/journey.json examples/abandoned-cart/*.template.json",
  run: ({ operands, options }, io) => validate(operands, { json: options.json === true }, io),
};

export function validate(files: readonly string[], { json = false }: { json?: boolean }, io: Io): ExitCode {
  const checked = checkFiles(files, io);
  const errors = checked.flatMap(({ problems }) => problems);
  const warnings = checked.flatMap(({ warnings }) => warnings);
  const ok = errors.length === 0;
  if (json) io.out(JSON.stringify({ ok, problems: [...errors, ...warnings] }));
  else {
    for (const { file, problems, warnings } of checked) showProblems(file, [...problems, ...warnings], io);
    const warned = warnings.length > 0 ? `, ${count(warnings.length, "warning")}` : "";
    io.out(`${count(checked.length, "file")}, ${ok ? "no problems" : count(errors.length, "problem")}${warned}.`);
  }
  return ok ? 0 : 1;
}
