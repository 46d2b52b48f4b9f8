/** The list of commands, and the parser that runs one of them. It returns the exit code and never exits. */
import { Command, CommanderError } from "commander";
import { costCommand } from "./commands/cost.ts";
import { customerCommand } from "./commands/customer.ts";
import { diffCommand } from "./commands/diff.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { drawCommand } from "./commands/draw.ts";
import { eraseCommand } from "./commands/erase.ts";
import { exportCommand, importCommand } from "./commands/export.ts";
import { listCommand } from "./commands/list.ts";
import { publishCommand } from "./commands/publish.ts";
import { recountCommand } from "./commands/recount.ts";
import { redriveCommand } from "./commands/redrive.ts";
import { renderCommand } from "./commands/render.ts";
import { sendCommand } from "./commands/send.ts";
import { holdCommand, pauseCommand, resumeCommand, stopCommand } from "./commands/set-status.ts";
import { showCommand } from "./commands/show.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { statsCommand } from "./commands/stats.ts";
import { validateCommand } from "./commands/validate.ts";
import { watchCommand } from "./commands/watch.ts";
import { whyCommand } from "./commands/why.ts";
import type { CliCommand } from "./terminal/command.ts";
import { type ExitCode, type Io, UsageError } from "./terminal/io.ts";
import { safeIo } from "./terminal/safe-io.ts";

const commands: readonly CliCommand[] = [
  validateCommand,
  simulateCommand,
  drawCommand,
  costCommand,
  diffCommand,
  publishCommand,
  listCommand,
  showCommand,
  pauseCommand,
  holdCommand,
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

export async function run(args: readonly string[], terminal: Io): Promise<ExitCode> {
  const io = safeIo(terminal);
  let exitCode: ExitCode = 0;
  const program = new Command("journeys")
    .description("Checks, simulates, draws and runs customer journeys.")
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .showHelpAfterError("Run it with --help to see its usage.");

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
