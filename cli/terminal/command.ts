/** A command of the command line. A new command is a file in `commands/` with such an object, and a line in `program.ts`. */
import type { ExitCode, Io } from "./io.ts";

/** The arguments: the operands in order, and the options by their long names in camel case. */
export interface Given {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

export interface CliCommand {
  /** Name and operands, such as `validate <file...>`. */
  readonly usage: string;
  readonly summary: string;
  readonly options?: readonly (readonly [flags: string, description: string])[];
  /** More text for `--help`. */
  readonly notes?: string;
  readonly example: string;
  /** A command imports heavy modules only when it runs, so that the other commands start fast. */
  readonly run: (given: Given, io: Io) => ExitCode | Promise<ExitCode>;
}
