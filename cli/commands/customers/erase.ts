/** `journeys erase CUSTOMER`: erases a customer, then reads all tables to verify that nothing is left. */

import { customerId as idSchema } from "../../../lambdas/domain/customer/customer-changes.ts";
import { check } from "../../../lambdas/domain/documents/problem.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";

export const eraseCommand: CliCommand = {
  options: [
    ["--yes", "confirm; an erasure cannot be undone"],
    [
      "--everywhere",
      "also search the data of all other customers for the id, the address and the number of the erased customer",
    ],
    ["--wait <seconds>", "how long to wait for the stack (default: 60)"],
    stackOption,
    jsonOption,
  ],
  notes:
    "Publishes customer.deleted, as an app would. A tombstone remains: the id and the time of the erasure, without personal\ndata. Other places are not searched, such as backups, logs and dead letters: the output lists them, with how to remove\nthe data there. Exit code 1 when data is left.",
  example: "journeys erase c-42 --yes",
  run: (given, io) => {
    const { operands, options } = given;
    const [customerId = ""] = operands;
    if (options.yes !== true)
      throw new UsageError(
        `Erasing "${customerId}" cannot be undone. Add --yes to confirm. journeys customer shows the stored data.`,
      );
    const checked = check(idSchema, customerId);
    if ("problems" in checked) throw new UsageError(checked.problems.map(({ message }) => message).join(" "));
    const asked = { json: options.json === true, everywhere: options.everywhere === true, seconds: secondsOf(options) };
    return onStack(given, io, (stack) => erase(customerId, asked, stack, io));
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
  stack: Stack,
  io: Io,
): Promise<ExitCode> {
  const { remains } = await import("../../erase/remains.ts");
  const { eraseAndVerify } = await import("../../erase/erase-and-verify.ts");
  const { found, left } = await eraseAndVerify(customerId, { everywhere, seconds }, stack, io);
  const exitCode = left.length === 0 ? 0 : 1;
  if (json) {
    io.out(JSON.stringify({ ok: exitCode === 0, customerId, found, left, remains }));
    return exitCode;
  }
  if (left.length === 0)
    io.out(
      `${customerId} is erased: ${found === 0 ? "nothing was stored" : `${found} items are deleted`}, a tombstone remains.`,
    );
  else {
    io.out(`${customerId} is not completely erased. These items are left:`);
    for (const { table, key } of left) io.out(`  ${io.style("red", `${table}  ${key}`)}`);
    io.out(
      "Run journeys doctor: if events wait or fail, the erasure takes longer. Repeating the erasure does no harm.",
    );
  }
  io.out("Other places may have data of the customer:");
  for (const { place, what, until, remove } of remains)
    io.out(`  ${io.style("bold", place)}  ${what}; ${until}\n    ${remove}`);
  return exitCode;
}
