/** Checks and simulates every example, for `npm start`. */
import { simulate } from "../simulator/simulate.ts";
import type { Summary } from "../simulator/timeline.ts";
import { UsageError } from "../stack/usage-error.ts";
import { checkFiles, type FileProblem } from "./files/check-files.ts";
import { inFiles, loadScenario } from "./files/load-scenario.ts";
import { TimelinePrinter } from "./simulate/timeline-printer.ts";
import type { ExitCode, Io } from "./terminal/io.ts";
import { showFileProblems } from "./terminal/show-problems.ts";

/** The folder of one example. */
export interface Example {
  readonly folder: string;
  /** The files of its journeys and templates. */
  readonly documents: readonly string[];
  readonly scenario: string;
}

export async function showExamples(examples: readonly Example[], io: Io): Promise<ExitCode> {
  const summaries: Summary[] = [];
  for (const example of examples) {
    const shown = await show(example, io);
    if (shown) summaries.push(shown);
  }
  const sum = (of: (summary: Summary) => number) => summaries.reduce((total, summary) => total + of(summary), 0);
  const goals = sum((summary) => Object.values(summary.goals).reduce((total, reached) => total + reached, 0));
  const broken = examples.length - summaries.length;
  const what = `${sum(({ entered }) => entered)} enrollments, ${sum(({ messages }) => messages)} messages, ${goals} goals reached`;
  const verdict = broken === 0 ? io.style("green", "All passed.") : io.style("red", `${broken} failed.`);
  io.out(`\n${io.style("bold", `${examples.length} examples`)}: ${what}. ${verdict}`);
  return broken === 0 && examples.length > 0 ? 0 : 1;
}

/** `undefined` when the example has problems, which are printed. */
async function show({ folder, documents, scenario: path }: Example, io: Io): Promise<Summary | undefined> {
  const refuse = (problems: readonly FileProblem[]): undefined => {
    showFileProblems(problems, io);
  };
  try {
    const problems = checkFiles(documents, io).flatMap(({ problems }) => problems);
    if (problems.length > 0) return refuse(problems);
    const loaded = loadScenario(path, io);
    if ("problems" in loaded) return refuse(loaded.problems.map((problem) => ({ file: loaded.file, ...problem })));
    const { scenario } = loaded;
    const [first] = scenario.journeys ?? [];
    io.out(`\n${io.style("bold", `━━ ${String(first?.name ?? folder)}`)} ${io.style("dim", folder)}`);
    io.out(String(first?.description ?? ""));
    if (scenario.description) io.out(io.style("dim", scenario.description));
    const printer = new TimelinePrinter(scenario, io);
    const result = await simulate(scenario, (line) => printer.print(line));
    if ("problems" in result) return refuse(inFiles(result.problems, loaded, path));
    printer.printSummary(result.summary);
    for (const warning of result.warnings) io.out(`  ${io.style("dim", `Note: ${warning}`)}`);
    return result.summary;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.out(`${io.style("red", "✗")} ${folder}\n    ${error.message}`);
    return undefined;
  }
}
