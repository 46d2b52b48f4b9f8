/** The input and output of commands as an interface, so that tests run the same commands without files or a terminal. */
import type { Stack } from "../../stack/stack.ts";

export type Color = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "gray" | "bold" | "dim";

export interface Io {
  /** Writes a line to standard output: text for people, or JSON. */
  out(line: string): void;
  /** Writes a line to standard error: progress and diagnostics. */
  err(line: string): void;
  /** The bytes of a file, because their encoding is not certain. */
  read(path: string): Uint8Array;
  /** The lines of a text file in UTF-8, read bit by bit. */
  lines(path: string): AsyncIterable<string>;
  write(path: string, text: string): void;
  /** The names of the entries of a folder. */
  list(folder: string): readonly string[];
  /** Creates a folder, and its parent folders as far as they are missing. */
  makeFolder(path: string): void;
  /** Asks a question that is answered with yes or no. `undefined`: there is no terminal to ask at. */
  ask(question: string): Promise<boolean | undefined>;
  /** Colors a text, when standard output is a terminal. */
  style(color: Color, text: string): string;
  /** The stack with this name. Fails as AWS fails if the stack does not exist or if access is denied. */
  connect(stack: string): Promise<Stack>;
  /** Opens an address in the browser of this machine, if it has one. */
  open(address: string): Promise<void>;
  /** The time in milliseconds since 1970. */
  now(): number;
  /** Waits. `signal` ends the wait early, with an error. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** 0: success. 1: the documents have problems, or the answer is negative. 2: wrong usage or no access. */
export type ExitCode = 0 | 1 | 2;
