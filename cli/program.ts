/** The commands and their arguments. A new command is a file beside this one and a few lines here. */
import { Command, CommanderError } from "commander";
import { draw } from "./draw.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { simulate } from "./simulate.ts";
import { validate } from "./validate.ts";

/** Runs a command line; never exits by itself. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const ends =
    (run: (...given: never[]) => ExitCode | Promise<ExitCode>) =>
    async (...given: unknown[]) => {
      exitCode = await (run as (...given: unknown[]) => ExitCode | Promise<ExitCode>)(...given);
    };
  const program = new Command("journeys")
    .description("Checks, simulates and draws customer journeys.")
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .showHelpAfterError("Say --help to see how it is used.");

  program
    .command("validate <file...>")
    .description("checks journeys and templates offline, together")
    .option("--json", 'print { "ok", "problems" } and nothing else')
    .addHelpText(
      "after",
      "\nExample:\n  journeys validate examples/abandoned-cart/journey.json examples/abandoned-cart/*.template.json",
    )
    .action(ends((files: string[], options: { json?: boolean }) => validate(files, options, io)));

  program
    .command("simulate <scenario>")
    .description("runs a scenario on a virtual clock, sends nothing, prints the timeline")
    .option("--json", "print one JSON object a line, in order of time, the summary last")
    .addHelpText(
      "after",
      "\nIn a scenario file, journeys, templates and edits may be file names, relative to the file.\n\nExample:\n  journeys simulate examples/abandoned-cart/scenario.json",
    )
    .action(ends((file: string, options: { json?: boolean }) => simulate(file, options, io)));

  program
    .command("draw <journey>")
    .description("draws a journey as Mermaid, or as SVG")
    .option("--svg", "draw SVG")
    .option("--output <file>", "write to this file")
    .addHelpText("after", "\nExample:\n  journeys draw examples/abandoned-cart/journey.json --svg --output cart.svg")
    .action(ends((file: string, options: { svg?: boolean; output?: string }) => draw(file, options, io)));

  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError)) throw error;
    io.err(error.message);
    return 2;
  }
}
