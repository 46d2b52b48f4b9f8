/** The parser of the command line: it runs one command and returns the exit code. The parser never ends the process. */
import { Command, CommanderError } from "commander";
import type { Problem } from "../lambdas/domain/documents/problem.ts";
import { UsageError } from "../stack/usage-error.ts";
import { commands } from "./commands.ts";
import type { Given } from "./terminal/command.ts";
import type { ExitCode, Io } from "./terminal/io.ts";
import { safeIo } from "./terminal/safe-io.ts";

export async function run(args: readonly string[], terminal: Io): Promise<ExitCode> {
  const io = safeIo(terminal);
  let exitCode: ExitCode = 0;
  const program = new Command("journeys")
    .description("Checks, simulates, draws and runs customer journeys.")
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .showHelpAfterError("Run it with --help to see its usage.");

  const asked = args.find((arg) => !arg.startsWith("-"));
  for (const { usage, summary, load } of commands) {
    const command = program.command(usage).description(summary);
    if (command.name() !== asked) {
      command.option(...JSON_OPTION);
      continue;
    }
    const { options: own = [], notes, example, run } = await load();
    const options = own.some(([flags]) => flags === JSON_OPTION[0]) ? own : [...own, JSON_OPTION];
    for (const [flags, description] of options) command.option(flags, description);
    command.addHelpText("after", `${notes ? `\n${notes}\n` : ""}\nExample:\n  ${example}`);
    command.action(async () => {
      exitCode = await run({ operands: command.args, ...given(command.opts()) }, io);
    });
  }

  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (!(error instanceof CommanderError || error instanceof UsageError)) throw error;
    // Commander has printed its own message already.
    if (error instanceof UsageError) io.err(error.message);
    if (args.includes("--json")) io.out(JSON.stringify({ ok: false, problems: [usageProblem(error.message)] }));
    return 2;
  }
}

function usageProblem(message: string): Problem {
  return { path: "", code: "wrong-usage", message: message.replace(/^error: /, "") };
}

type Value = string | boolean | undefined;

function given(all: Readonly<Record<string, Value | readonly string[]>>): Omit<Given, "operands"> {
  const options: Record<string, Value> = {};
  const lists: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(all))
    if (typeof value === "object") lists[name] = value;
    else options[name] = value;
  return { options, lists };
}

/** Every command has it. */
const JSON_OPTION = ["--json", "print JSON and nothing else on standard output"] as const;
