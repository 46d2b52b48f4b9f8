/** One journey test and how it went, with the places of problems in its files. */
import type { JourneyTest } from "../../proof/expectations/journey-test.ts";
import { runJourneyTest } from "../../proof/expectations/run-journey-test.ts";
import type { Failure } from "../../proof/expectations/verdict.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import type { FileProblem } from "../files/check-files.ts";
import { inFiles, loadJourneyTest } from "../files/load-scenario.ts";
import { badAddresses } from "../simulate/bad-addresses.ts";
import type { Io } from "../terminal/io.ts";

export interface RanTest {
  readonly file: string;
  /** The test; absent when the file cannot be read as a test. */
  readonly test?: JourneyTest;
  readonly ok: boolean;
  readonly failures: readonly Failure[];
  readonly problems: readonly FileProblem[];
  readonly warnings: readonly string[];
  readonly lines: readonly TimelineLine[];
}

export async function runFile(file: string, io: Io): Promise<RanTest> {
  const loaded = loadJourneyTest(file, io);
  if ("problems" in loaded) {
    const problems = loaded.problems.map((problem) => ({ file: loaded.file, ...problem }));
    return { file, ok: false, failures: [], problems, warnings: [], lines: [] };
  }
  const { scenario: test } = loaded;
  const { failures, problems: found, warnings: unused, lines } = await runJourneyTest(test);
  const problems = inFiles(found, loaded, file);
  const warnings = failures.length > 0 ? [...unused, ...badAddresses(test, lines)] : unused;
  return { file, test, ok: failures.length === 0 && problems.length === 0, failures, problems, warnings, lines };
}
