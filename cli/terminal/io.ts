/** What a command may do to the world, so that tests run the same commands without touching it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { styleText } from "node:util";

export type Colour = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "gray" | "bold" | "dim";

export interface Io {
  /** For people, or JSON: standard output. */
  out(line: string): void;
  /** Diagnostics: standard error. */
  err(line: string): void;
  read(path: string): string;
  write(path: string, text: string): void;
  /** The names of what is in a folder. */
  list(folder: string): readonly string[];
  /** Makes a folder and those that it lies in, as far as they are missing. */
  makeFolder(path: string): void;
  /** Colour, where somebody sees it. */
  style(colour: Colour, text: string): string;
}

/** 0 = fine, 1 = the documents or the answer are not fine, 2 = wrong usage or no access. */
export type ExitCode = 0 | 1 | 2;

/** Wrong usage or no access: the command ends with a sentence and exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", unlessNobodyReads);
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    read: (path) => readFileSync(path, "utf8"),
    write: (path, text) => writeFileSync(path, text),
    list: (folder) => readdirSync(folder),
    makeFolder: (path) => void mkdirSync(path, { recursive: true }),
    style: (colour, text) => styleText(colour, text, { stream: process.stdout }),
  };
}

/** Whoever pipes into `head` has seen enough. */
function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
