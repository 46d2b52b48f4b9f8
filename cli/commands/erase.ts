/** `journeys erase CUSTOMER`: the customer is erased, and all tables are read to see that they are. */

import { jsonOption, onStack, stackOption } from "../deployed/on-stack.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import type { CliCommand, Given } from "../terminal/command.ts";
import { type ExitCode, type Io, UsageError } from "../terminal/io.ts";

export const eraseCommand: CliCommand = {
  usage: "erase <customer>",
  summary: "erases a customer: takes them out of every journey and removes all that is stored, then looks again",
  options: [
    ["--yes", "really erase; there is no way back"],
    ["--everywhere", "also read what is stored about all other customers, for the id and address of this one"],
    ["--wait <seconds>", "how long to wait for the stack to do it (default: 60)"],
    stackOption,
    jsonOption,
  ],
  notes:
    "Publishes customer.deleted, as an app would. What remains is a tombstone without personal data: the id and when it was\nerased. Dead letters and the bucket for failures are kept for at most 14 days and are not searched. Exit code 1 when\nsomething is left.",
  example: "journeys erase c-42 --yes",
  run: (given, io) => {
    const { operands, options } = given;
    const [customerId = ""] = operands;
    if (options.yes !== true)
      throw new UsageError(
        `There is no way back from erasing "${customerId}". Say --yes as well; journeys customer shows what is stored.`,
      );
    const asked = { json: options.json === true, everywhere: options.everywhere === true, seconds: secondsOf(options) };
    return onStack(given, (stack) => erase(customerId, asked, stack, io));
  },
};

function secondsOf({ wait = "60" }: Given["options"]): number {
  const seconds = Number(wait);
  if (seconds >= 1 && seconds <= 3600) return seconds;
  throw new UsageError(`--wait takes a number of seconds from 1 to 3600, not "${wait}".`);
}

async function erase(
  customerId: string,
  { json, everywhere, seconds }: { json: boolean; everywhere: boolean; seconds: number },
  stack: DeployedStack,
  io: Io,
): Promise<ExitCode> {
  const { eraseAndLook } = await import("../erase/erase-and-verify.ts");
  const { found, left } = await eraseAndLook(customerId, { everywhere, seconds }, stack);
  if (json) io.out(JSON.stringify({ customerId, found, left }));
  else if (left.length === 0)
    io.out(
      `${customerId} is erased: ${found === 0 ? "nothing was stored" : `${found} items are gone`}, a tombstone remains.`,
    );
  else {
    io.out(`${customerId} is not erased, or not wholly. What is left:`);
    for (const { table, key } of left) io.out(`  ${io.style("red", `${table}  ${key}`)}`);
    io.out("Look at journeys doctor: if events wait or fail, it takes longer. Erasing again does no harm.");
  }
  return left.length === 0 ? 0 : 1;
}
