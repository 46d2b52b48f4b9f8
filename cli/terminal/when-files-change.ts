/**
 * Implements `--watch` of commands that read files: runs the command again whenever its output would differ, until
 * Ctrl-C.
 */

import { UsageError } from "../../stack/usage-error.ts";
import { untilInterrupted } from "./interrupt.ts";
import type { ExitCode, Io } from "./io.ts";

const LOOK_EVERY_MILLISECONDS = 300;

/** Reads the files several times a second, because notices of the file system differ between systems and editors. */
export async function whenFilesChange(
  run: (io: Io) => Promise<ExitCode>,
  { json }: { json: boolean },
  io: Io,
): Promise<ExitCode> {
  let [before, exitCode]: [string, ExitCode] = ["", 0];
  await untilInterrupted(async (signal) => {
    while (!signal.aborted) {
      const [lines, notes]: [string[], string[]] = [[], []];
      const collected: Io = { ...io, out: (line) => lines.push(line), err: (line) => notes.push(line) };
      const result = await ifReadable(run(collected), (message) => notes.push(message));
      const now = JSON.stringify([lines, notes]);
      if (now !== before) {
        if (!json && before !== "") io.out("");
        for (const line of notes) io.err(line);
        for (const line of lines) io.out(line);
        [before, exitCode] = [now, result];
      }
      await io.sleep(LOOK_EVERY_MILLISECONDS, signal).catch(() => {});
    }
  });
  return exitCode;
}

/** An editor that saves may remove the file for a moment. */
async function ifReadable(running: Promise<ExitCode>, say: (message: string) => void): Promise<ExitCode> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    return 2;
  }
}
