/** `journeys simulate SCENARIO.json`: runs a scenario on a virtual clock and prints the timeline. Sends nothing. */
import { simulate as runScenario } from "../../simulator/simulate.ts";
import type { FileProblem } from "../files/check-files.ts";
import { inFiles, loadScenario } from "../files/load-scenario.ts";
import { TimelinePrinter } from "../simulate/timeline-printer.ts";
import type { CliCommand } from "../terminal/command.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { showProblems } from "../terminal/show-problems.ts";

export const simulateCommand: CliCommand = {
  options: [["--json", "print one JSON object per line, in order of time, the summary last"]],
  notes:
    "In a scenario, an entry of journeys or templates, and the journey or template of an edit, may also be a file name\nrelative to the scenario. Entries of the scenario that have no effect are reported on standard error.",
  example: "journeys simulate examples/abandoned-cart/scenario.json",
  run: ({ operands: [file = ""], options }, io) => simulate(file, { json: options.json === true }, io),
};

export async function simulate(file: string, { json = false }: { json?: boolean }, io: Io): Promise<ExitCode> {
  const loaded = loadScenario(file, io);
  if ("problems" in loaded) return refuse(loaded.problems.map((problem) => ({ file: loaded.file, ...problem })));
  const printer = new TimelinePrinter(loaded.scenario, io);
  const print = json ? (line: object) => io.out(JSON.stringify(line)) : printer.print.bind(printer);
  const result = await runScenario(loaded.scenario, print);
  if ("problems" in result) return refuse(inFiles(result.problems, loaded, file));
  if (json) io.out(JSON.stringify(result.summary));
  else printer.printSummary(result.summary);
  for (const warning of result.warnings) io.err(`Note: ${warning}`);
  return 0;

  function refuse(problems: readonly FileProblem[]): ExitCode {
    if (json) io.out(JSON.stringify({ ok: false, problems }));
    else for (const [name, found] of Map.groupBy(problems, ({ file }) => file)) showProblems(name, found, io);
    return 1;
  }
}
