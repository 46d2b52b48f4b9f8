/** The commands, and how a command line finds its own. Never exits by itself. */
import { Command, CommanderError } from "commander";
import type { CliCommand } from "./command.ts";
import { customerCommand } from "./customer.ts";
import { diffCommand } from "./diff.ts";
import { doctorCommand } from "./doctor.ts";
import { drawCommand } from "./draw.ts";
import { eraseCommand } from "./erase.ts";
import { exportCommand, importCommand } from "./export.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { listCommand } from "./list.ts";
import { publishCommand } from "./publish.ts";
import { recountCommand } from "./recount.ts";
import { redriveCommand } from "./redrive.ts";
import { renderCommand } from "./render.ts";
import { sendCommand } from "./send.ts";
import { pauseCommand, resumeCommand, stopCommand } from "./set-status.ts";
import { showCommand } from "./show.ts";
import { simulateCommand } from "./simulate.ts";
import { statsCommand } from "./stats.ts";
import { validateCommand } from "./validate.ts";
import { watchCommand } from "./watch.ts";
import { whyCommand } from "./why.ts";

const commands: readonly CliCommand[] = [
  validateCommand,
  simulateCommand,
  drawCommand,
  diffCommand,
  publishCommand,
  listCommand,
  showCommand,
  pauseCommand,
  resumeCommand,
  stopCommand,
  watchCommand,
  sendCommand,
  exportCommand,
  importCommand,
  renderCommand,
  statsCommand,
  customerCommand,
  whyCommand,
  recountCommand,
  redriveCommand,
  eraseCommand,
  doctorCommand,
];

export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command("journeys")
    .description("Checks, simulates, draws and runs customer journeys.")
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .showHelpAfterError("Say --help to see how it is used.");

  for (const { usage, summary, options = [], notes, example, run } of commands) {
    const command = program.command(usage).description(summary);
    for (const [flags, description] of options) command.option(flags, description);
    command.addHelpText("after", `${notes ? `\n${notes}\n` : ""}\nExample:\n  ${example}`);
    command.action(async () => {
      exitCode = await run({ operands: command.args, options: command.opts() }, io);
    });
  }

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
