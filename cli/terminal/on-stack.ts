/**
 * Options and error handling of all commands that use a deployed stack. The AWS SDK is loaded only when such a command
 * runs.
 */

import { refused } from "../../stack/deployed/refusals.ts";
import type { Stack } from "../../stack/stack.ts";
import type { Given } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";

export const DEFAULT_STACK = "CustomerJourneys";

export const stackOption = ["--stack <name>", `the deployed stack (default: ${DEFAULT_STACK})`] as const;
export const jsonOption = ["--json", "print JSON and nothing else"] as const;

/** Runs with the stack that `--stack` names. Without access or without such a stack: one sentence and exit code 2. */
export async function onStack(
  { options }: Pick<Given, "options">,
  io: Io,
  run: (stack: Stack) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const name = typeof options.stack === "string" ? options.stack : DEFAULT_STACK;
  try {
    return await run(await io.connect(name));
  } catch (error) {
    throw refused(error, name);
  }
}

/** The `run` of a command that needs the stack from the start. */
export function withStack(
  run: (stack: Stack, given: Given, io: Io) => Promise<ExitCode>,
): (given: Given, io: Io) => Promise<ExitCode> {
  return (given, io) => onStack(given, io, (stack) => run(stack, given, io));
}
