/** `journeys test`: runs journey tests on a virtual clock, and says what came otherwise than expected. */

import { writeText } from "../../files/document.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { whenFilesChange } from "../../terminal/when-files-change.ts";
import { type RanTest, runFile } from "../../test/ran-test.ts";
import { junitOf, showTest, showTotals } from "../../test/show-tests.ts";
import { testFiles } from "../../test/test-files.ts";

export const testCommand: CliCommand = {
  options: [
    ["--watch", "run again whenever a file changes, until Ctrl-C"],
    ["--junit <file>", "also write the results in JUnit's form"],
    ["--json", 'print { "ok", "tests" } and nothing else'],
  ],
  notes:
    "A folder stands for the files *.test.json in it; without a name, the present folder. Exit code 1 when an expectation\nis not met or a test has problems.",
  example: "journeys test examples",
  run: ({ operands, options }, io) => {
    const json = options.json === true;
    const junit = typeof options.junit === "string" ? { junit: options.junit } : {};
    const once = (to: Io) => runTests(operands, { json, ...junit }, to);
    return options.watch === true ? whenFilesChange(once, { json }, io) : once(io);
  },
};

interface Options {
  readonly json: boolean;
  readonly junit?: string;
}

export async function runTests(names: readonly string[], { json, junit }: Options, io: Io): Promise<ExitCode> {
  const tests: RanTest[] = [];
  for (const file of testFiles(names, io)) {
    const ran = await runFile(file, io);
    tests.push(ran);
    if (!json) showTest(ran, io);
  }
  const ok = tests.every((each) => each.ok);
  if (json) io.out(JSON.stringify({ ok, tests: tests.map(inJson) }));
  else showTotals(tests, io);
  if (junit !== undefined) writeText(junit, junitOf(tests), io);
  return ok ? 0 : 1;
}

function inJson({ file, test, ok, failures, problems, warnings }: RanTest) {
  return { file, ...(test && { name: test.name }), ok, failures, problems, warnings };
}
