/** `journeys validate FILE…`: checks documents before they are saved. */

import { count } from "../../../insight/words/count.ts";
import { checkFiles } from "../../files/check-files.ts";
import { documentFiles } from "../../files/document-files.ts";
import type { CliCommand } from "../../terminal/command.ts";
import { untilInterrupted } from "../../terminal/interrupt.ts";
import { type ExitCode, type Io, UsageError } from "../../terminal/io.ts";
import { showProblems } from "../../terminal/show-problems.ts";

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
    return options.watch === true ? watchFiles(operands, { json }, io) : validate(operands, { json }, io);
  },
};

export function validate(names: readonly string[], { json = false }: { json?: boolean }, io: Io): ExitCode {
  const checked = checkFiles(documentFiles(names, io), io);
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

const LOOK_EVERY_MILLISECONDS = 300;

/** Reads the files several times a second, because notices of the file system differ between systems and editors. */
async function watchFiles(names: readonly string[], { json }: { json: boolean }, io: Io): Promise<ExitCode> {
  let [before, exitCode]: [string, ExitCode] = ["", 0];
  await untilInterrupted(async (signal) => {
    while (!signal.aborted) {
      const [lines, notes]: [string[], string[]] = [[], []];
      const collected: Io = { ...io, out: (line) => lines.push(line), err: (line) => notes.push(line) };
      const result = ifReadable(
        () => validate(names, { json }, collected),
        (message) => notes.push(message),
      );
      const now = JSON.stringify([lines, notes]);
      if (now !== before) {
        if (!json && before !== "") io.out("");
        for (const line of notes) io.err(line);
        for (const line of lines) io.out(line);
        [before, exitCode] = [now, result];
      }
      await io.sleep(LOOK_EVERY_MILLISECONDS, signal).catch(() => {});
    }
  });
  return exitCode;
}

/** An editor that saves may remove the file for a moment. */
function ifReadable(check: () => ExitCode, say: (message: string) => void): ExitCode {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    return 2;
  }
}
