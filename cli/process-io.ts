/** The input and output of this process: its files, its terminal, its clock, and stacks on AWS. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { styleText } from "node:util";
import type { Io } from "./terminal/io.ts";

export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    read: (path) => readFileSync(path),
    write: (path, text) => writeFileSync(path, text),
    list: (folder) => readdirSync(folder),
    makeFolder: (path) => void mkdirSync(path, { recursive: true }),
    style: (color, text) => styleText(color, text, { stream: process.stdout }),
    // The AWS SDK is loaded only when a command needs it.
    connect: async (stack) => (await import("./deployed/connect.ts")).connect(stack),
    now: Date.now,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
  };
}

/** A reader such as `head` closes the pipe early; that is not an error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
