/**
 * `journeys test`: runs journey tests on a virtual clock, and prints each result that differs from the expected result.
 */
import { join } from "node:path";
import type { JourneyCoverage } from "../../../proof/coverage/coverage.ts";
import type { Mutation } from "../../../proof/mutation/unnoticed.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { writeText } from "../../files/document.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { whenFilesChange } from "../../terminal/when-files-change.ts";
import { type RanTest, runFile } from "../../test/ran-test.ts";
import { junitOf, showTest, showTotals } from "../../test/show-tests.ts";
import { testFiles } from "../../test/test-files.ts";

export const testCommand: CliCommand = {
  options: [
    ["--watch", "run again whenever a file changes, until Ctrl-C"],
    ["--junit <file>", "also write the results in JUnit's form"],
    ["--coverage", "also say which components, outlets, rules and refusals no test reaches"],
    ["--svg <folder>", "with --coverage: also draw each journey; parts that no test reaches are pale"],
    ["--mutate", "also change one condition, wait, branch or rule at a time, and say which change no test notices"],
    ["--json", 'print { "ok", "tests", "coverage"?, "mutations"? } and nothing else'],
  ],
  notes:
    "A folder stands for the files *.test.json in it; without a name, the present folder. Exit code 1 when an expectation\nis not met or a test has problems.",
  example: "journeys test examples",
  run: ({ operands, options }, io) => {
    const json = options.json === true;
    const once = (to: Io) => runTests(operands, wantedIn(options), to);
    return options.watch === true ? whenFilesChange(once, { json }, io) : once(io);
  },
};

interface Wanted {
  readonly json: boolean;
  readonly coverage: boolean;
  readonly mutate: boolean;
  readonly junit: string | undefined;
  readonly svg: string | undefined;
}

function wantedIn({ json, coverage, mutate, junit, svg }: Given["options"]): Wanted {
  const file = (name: string | boolean | undefined) => (typeof name === "string" ? name : undefined);
  if (svg !== undefined && coverage !== true) throw new UsageError("--svg needs --coverage.");
  return {
    json: json === true,
    coverage: coverage === true,
    mutate: mutate === true,
    junit: file(junit),
    svg: file(svg),
  };
}

export async function runTests(names: readonly string[], wanted: Wanted, io: Io): Promise<ExitCode> {
  const { json, junit } = wanted;
  const tests: RanTest[] = [];
  for (const file of testFiles(names, io)) {
    const ran = await runFile(file, io);
    tests.push(ran);
    if (!json) showTest(ran, io);
  }
  const ok = tests.every((each) => each.ok);
  if (!json) showTotals(tests, io);
  const coverage = wanted.coverage ? await covered(tests, wanted, io) : undefined;
  const mutations = wanted.mutate ? await mutated(tests, wanted, io) : undefined;
  if (json)
    io.out(
      JSON.stringify({
        ok,
        tests: tests.map(inJson),
        ...(coverage && { coverage: coverage.map(({ journey: _, ...rest }) => rest) }),
        ...(mutations && { mutations }),
      }),
    );
  if (junit !== undefined) writeText(junit, junitOf(tests), io);
  return ok ? 0 : 1;
}

async function covered(tests: readonly RanTest[], { json, svg }: Wanted, io: Io): Promise<JourneyCoverage[]> {
  const { coverageOf } = await import("../../../proof/coverage/coverage.ts");
  const { coveragePicture, showCoverage } = await import("../../test/show-coverage.ts");
  const coverage = coverageOf(tests.flatMap(({ test, lines }) => (test ? [{ scenario: test, lines }] : [])));
  if (!json) showCoverage(coverage, io);
  if (svg === undefined) return coverage;
  io.makeFolder(svg);
  for (const each of coverage) writeText(join(svg, `${each.journeyId}.svg`), `${coveragePicture(each)}\n`, io);
  return coverage;
}

/** A change counts as noticed when a test does not pass any more, so all tests must pass without a change. */
async function mutated(tests: readonly RanTest[], { json }: Wanted, io: Io): Promise<Mutation[] | undefined> {
  if (!tests.every(({ ok }) => ok)) {
    io.err("Nothing was changed, because not all tests pass.");
    return undefined;
  }
  const { mutationsOf } = await import("../../../proof/mutation/unnoticed.ts");
  const mutations = await mutationsOf(tests.flatMap(({ test }) => test ?? []));
  if (json) return mutations;
  const { showMutations } = await import("../../test/show-mutations.ts");
  showMutations(mutations, io);
  return mutations;
}

function inJson({ file, test, ok, failures, problems, warnings }: RanTest) {
  return { file, ...(test && { name: test.name }), ok, failures, problems, warnings };
}
