/** The input and output of this process: its files, its terminal, its clock, and stacks on AWS. */
import { spawn } from "node:child_process";
import { closeSync, constants, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { styleText } from "node:util";
import { fileLines } from "./files/file-lines.ts";
import type { Io } from "./terminal/io.ts";

export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    read: (path) => readFileSync(path),
    lines: fileLines,
    write,
    list: (folder) => readdirSync(folder),
    makeFolder: (path) => void mkdirSync(path, { recursive: true }),
    ask,
    style: (color, text) => styleText(color, text, { stream: process.stdout }),
    // The AWS SDK is loaded only when a command needs it.
    connect: async (stack) => (await import("../stack/deployed/connect.ts")).connect(stack),
    open: openInBrowser,
    now: Date.now,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
  };
}

function write(path: string, text: string): void {
  const file = openSync(path, WRITE, 0o666);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/**
 * The same as the flag `w`, but a symbolic link in the place of the file is an error. Windows has no such flag, and few
 * such links.
 */
const WRITE = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0);

/** The question is a diagnostic, so it goes to standard error. Ctrl-D and Ctrl-C answer no. */
async function ask(question: string): Promise<boolean | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    return /^\s*y(es)?\s*$/i.test(await Promise.race([terminal.question(question), closed]));
  } finally {
    terminal.close();
  }
}

/** A reader such as `head` closes the pipe early; that is not an error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** A machine without a browser is no error: the address was printed. */
function openInBrowser(address: string): Promise<void> {
  const [program = "xdg-open", ...first] = openers[process.platform] ?? [];
  return new Promise((resolve) => {
    const child = spawn(program, [...first, address], { stdio: "ignore", detached: true });
    child.once("error", () => resolve());
    child.once("spawn", () => {
      child.unref();
      resolve();
    });
  });
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};
