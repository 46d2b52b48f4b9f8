/** A command of the command line. A new command is a file in a folder of `commands/` with such an object, and an entry in `cli/commands.ts`. */
import type { ExitCode, Io } from "./io.ts";

/** The arguments: the operands in order, and the options by their long names in camel case. */
export interface Given {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** The options that take several values (`<name...>`), as far as they are given. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

export interface CliCommand {
  readonly options?: readonly (readonly [flags: string, description: string])[];
  /** More text for `--help`. */
  readonly notes?: string;
  readonly example: string;
  readonly run: (given: Given, io: Io) => ExitCode | Promise<ExitCode>;
}
