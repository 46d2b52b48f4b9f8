/** `journeys simulate SCENARIO.json`: runs a scenario on a virtual clock and prints the timeline. Sends nothing. */
import { isZone } from "../../../insight/words/local-time.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import { noInstruments } from "../../../simulator/instruments.ts";
import { simulate as runScenario } from "../../../simulator/simulate.ts";
import type { TimelineLine } from "../../../simulator/timeline.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { inFiles, loadScenario } from "../../files/load-scenario.ts";
import { badAddresses } from "../../simulate/bad-addresses.ts";
import { draftJourneys } from "../../simulate/draft-journeys.ts";
import { entryReasons } from "../../simulate/entry-reasons.ts";
import { TimelinePrinter } from "../../simulate/timeline-printer.ts";
import { unheardEvents } from "../../simulate/unheard-events.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { refuse } from "../../terminal/show-problems.ts";

export const simulateCommand: CliCommand = {
  options: [
    ["--timezone <zone>", "print times in this IANA zone, such as Europe/Berlin (default: UTC)"],
    ["--json", "print one JSON object per line, in order of time, the summary last; times are in UTC"],
  ],
  notes:
    "In a scenario, an entry of journeys or templates, and the journey or template of an edit, may also be a file name\nrelative to the scenario. Entries of the scenario that have no effect are reported on standard error.",
  example: "journeys simulate examples/abandoned-cart/scenario.json",
  run: ({ operands: [file = ""], options }, io) => {
    const timezone = zoneOf(options.timezone);
    return simulate(file, { json: options.json === true, ...(timezone !== undefined && { timezone }) }, io);
  },
};

function zoneOf(given: string | boolean | undefined): string | undefined {
  if (given === undefined || (typeof given === "string" && isZone(given))) return given;
  throw new UsageError(`--timezone takes an IANA zone, such as Europe/Berlin, not "${given}".`);
}

interface Options {
  readonly json?: boolean;
  readonly timezone?: string;
}

export async function simulate(file: string, { json = false, timezone }: Options, io: Io): Promise<ExitCode> {
  const loaded = loadScenario(file, io);
  if ("problems" in loaded)
    return refuse(
      loaded.problems.map((problem) => ({ file: loaded.file, ...problem })),
      json,
      io,
    );
  const lines: TimelineLine[] = [];
  const print = (line: TimelineLine) => {
    lines.push(line);
    if (json) io.out(JSON.stringify(line));
  };
  let journeys: Ports["journeys"] | undefined;
  const ports = (given: Ports) => {
    journeys = given.journeys;
    return given;
  };
  const result = await runScenario(loaded.scenario, print, { ...noInstruments, ports });
  if ("problems" in result) return refuse(inFiles(result.problems, loaded, file), json, io);
  if (json) io.out(JSON.stringify(result.summary));
  else if (journeys) {
    const reasons = await entryReasons(lines, result.store, journeys);
    const printer = new TimelinePrinter(loaded.scenario, io, { reasons, ...(timezone !== undefined && { timezone }) });
    printer.printZone();
    for (const line of lines) printer.print(line);
    printer.printSummary(result.summary);
  }
  const { scenario } = loaded;
  const notes = [
    ...result.warnings,
    ...unheardEvents(scenario),
    ...draftJourneys(scenario),
    ...badAddresses(scenario, lines),
  ];
  for (const note of notes) io.err(`Note: ${note}`);
  return 0;
}
