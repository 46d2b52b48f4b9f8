/**
 * Waiting for what the deployed stack does by itself. A wait that ends in vain says what was there instead, which errors
 * the functions wrote, and how the emulator's log ends: a run in CI leaves nothing else to look at.
 */
import { existsSync, readFileSync } from "node:fs";
import { logFile } from "../../local/engine.ts";
import * as deployed from "../../stack/deployed/until.ts";
import { given } from "./given.ts";

interface Wait {
  readonly seconds?: number;
  /** What is there instead of the awaited: asked for when the wait has ended in vain. */
  readonly instead?: () => Promise<unknown>;
}

export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { seconds = 60, instead }: Wait = {},
): Promise<T> {
  try {
    return await deployed.until(what, look, seconds);
  } catch (cause) {
    if (!(cause instanceof deployed.WaitedInVain)) throw cause;
    const found = instead && `Instead there is: ${await told(instead)}`;
    const log = given === undefined && existsSync(logFile) ? explained(readFileSync(logFile, "utf8")) : [];
    throw new Error([cause.message, ...(found ? [found] : []), ...log].join("\n"), { cause });
  }
}

async function told(instead: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await instead(), null, 1) ?? "nothing";
  } catch (error) {
    return `an error when it was read, ${error}`;
  }
}

const MOST_ERRORS = 5;
const TAIL = 25;
const LONGEST_LINE = 600;

/** An error of a function (a line of its structured log), of the emulator, or of Python or Node before they can log. */
const isError = (line: string) =>
  /"level":\s*"(?:ERROR|CRITICAL)"|\b(?:ERROR|CRITICAL) \[|^\w*(?:Error|Exception)\b/.test(line);

/** The newest errors in a log, and its last lines. */
export function explained(log: string): string[] {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  const short = (line: string) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line);
  const errors = lines.filter(isError).slice(-MOST_ERRORS).map(short);
  return [
    ...(errors.length > 0 ? ["The last errors in the log:", ...errors] : ["There is no error in the log."]),
    `The last lines of ${logFile}:`,
    ...lines.slice(-TAIL).map(short),
  ];
}
