/** Runs the command line in this process. `journeys.cjs` starts this file. */
import { processIo } from "../cli/process-io.ts";
import { run } from "../cli/program.ts";
import { safeText } from "../cli/terminal/safe-io.ts";

try {
  process.exitCode = await run(process.argv.slice(2), processIo());
} catch (error) {
  // A fault of the program. Its text may quote data, so it is made safe as any other text.
  process.stderr.write(`${safeText(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  process.exitCode = 2;
}
