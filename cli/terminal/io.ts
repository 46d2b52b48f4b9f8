/** The input and output of commands as an interface, so that tests run the same commands without files or a terminal. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { styleText } from "node:util";
import type { Stack } from "../stack.ts";

export type Color = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "gray" | "bold" | "dim";

export interface Io {
  /** Writes a line to standard output: text for people, or JSON. */
  out(line: string): void;
  /** Writes a line to standard error: progress and diagnostics. */
  err(line: string): void;
  read(path: string): string;
  write(path: string, text: string): void;
  /** The names of the entries of a folder. */
  list(folder: string): readonly string[];
  /** Creates a folder, and its parent folders as far as they are missing. */
  makeFolder(path: string): void;
  /** Colors a text, when standard output is a terminal. */
  style(color: Color, text: string): string;
  /** The stack with this name. Fails as AWS fails if the stack does not exist or if access is denied. */
  connect(stack: string): Promise<Stack>;
  /** The time in milliseconds since 1970. */
  now(): number;
  /** Waits. `signal` ends the wait early, with an error. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** 0: success. 1: the documents have problems, or the answer is negative. 2: wrong usage or no access. */
export type ExitCode = 0 | 1 | 2;

/** Wrong usage or no access: the command prints the message and ends with exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    read: (path) => readFileSync(path, "utf8"),
    write: (path, text) => writeFileSync(path, text),
    list: (folder) => readdirSync(folder),
    makeFolder: (path) => void mkdirSync(path, { recursive: true }),
    style: (color, text) => styleText(color, text, { stream: process.stdout }),
    // The AWS SDK is loaded only when a command needs it.
    connect: async (stack) => (await import("../deployed/connect.ts")).connect(stack),
    now: Date.now,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
  };
}

/** A reader such as `head` closes the pipe early; that is not an error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
