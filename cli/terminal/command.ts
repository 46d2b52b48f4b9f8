/** What the command line knows about a command. A new one is a file with such an object and a line in `program.ts`. */
import type { ExitCode, Io } from "./io.ts";

/** What was said: the operands in order, and the options by their long names in camel case. */
export interface Given {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

export interface CliCommand {
  /** Name and operands, such as `validate <file...>`. */
  readonly usage: string;
  readonly summary: string;
  readonly options?: readonly (readonly [flags: string, description: string])[];
  /** What `--help` says besides. */
  readonly notes?: string;
  readonly example: string;
  /** Loads what it needs by itself: a command must not slow the others down. */
  readonly run: (given: Given, io: Io) => ExitCode | Promise<ExitCode>;
}
