/** `journeys redrive`: what lies in the dead-letter queues and in the bucket for failures is listed, replayed or dropped. */

import { count } from "../../insight/words/count.ts";
import { jsonOption, onStack, stackOption } from "../deployed/on-stack.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import type { DeadLetter } from "../redrive/dead-letter.ts";
import type { Deed } from "../redrive/queues.ts";
import type { CliCommand } from "../terminal/command.ts";
import { type ExitCode, type Io, UsageError } from "../terminal/io.ts";
import { showTable } from "../terminal/table.ts";

export const redriveCommand: CliCommand = {
  usage: "redrive [message...]",
  summary:
    "replays dead letters: events, reports and records of streams that could not be handled; lists or drops them",
  options: [
    ["--list", "only list them, with the reason of each"],
    ["--drop", "delete them for good; needs --yes"],
    ["--yes", "really drop them"],
    stackOption,
    jsonOption,
  ],
  notes:
    "Without ids all of them. Each is sent to its queue again before it is deleted here, so that nothing is lost when this\nends midway; what is handled twice does no harm. What its function rejected comes back with the same reason until the\nevent is published again as it should be. Records that a stream gave up on are given to their function once more, and\nstay when any of them fails again: exit code 1.",
  example: "journeys redrive --list",
  run: (given, io) => {
    const deed = deedOf(given.options);
    return onStack(given, (stack) => redrive(given.operands, deed, given.options.json === true, stack, io));
  },
};

function deedOf({ list, drop, yes }: Readonly<Record<string, string | boolean | undefined>>): Deed {
  if (list && drop) throw new UsageError("--list and --drop exclude each other. List first, then drop.");
  if (drop && !yes)
    throw new UsageError("What is dropped is gone for good. Say --drop --yes, after journeys redrive --list.");
  return list ? "list" : drop ? "drop" : "replay";
}

async function redrive(
  ids: readonly string[],
  deed: Deed,
  json: boolean,
  stack: DeployedStack,
  io: Io,
): Promise<ExitCode> {
  const [{ deadLetters }, { streamFailures }] = await Promise.all([
    import("../redrive/queues.ts"),
    import("../redrive/stream-failures.ts"),
  ]);
  const wanted = new Set(ids);
  const letters: DeadLetter[] = [];
  try {
    for (const each of [deadLetters, streamFailures])
      for await (const letter of each(wanted, deed, stack)) {
        letters.push(letter);
        if (letters.length % PROGRESS_EVERY === 0) io.err(`${letters.length} so far…`);
      }
  } catch (error) {
    if (deed !== "list") io.err(`${count(letters.length, "dead letter")}${outcome[deed]} before this failed:`);
    throw error;
  }
  const missing = ids.filter((id) => !letters.some(({ messageId }) => messageId === id));
  const stay = letters.filter(({ stays }) => stays !== undefined);
  if (json) io.out(JSON.stringify({ deed, letters, missing }));
  else {
    showTable(
      ["message", "queue", "what", "about", "time", "reason"],
      letters.map(({ messageId, queue, what, customerId, journeyId, time = "", reason, stays }) => [
        messageId,
        queue,
        what,
        customerId ?? journeyId ?? "",
        time,
        stays === undefined ? reason : { text: stays, colour: "red" },
      ]),
      io,
    );
    io.out(`${count(letters.length - stay.length, "dead letter")}${outcome[deed]}.`);
  }
  if (stay.length > 0)
    io.err(
      `${count(stay.length, "dead letter")} could not be replayed and stayed. Mend the function by its log, then try again.`,
    );
  for (const id of missing) io.err(`There is no dead letter ${id} (any more). journeys redrive --list shows all.`);
  return missing.length + stay.length === 0 ? 0 : 1;
}

const PROGRESS_EVERY = 100;
const outcome: Record<Deed, string> = { list: "", replay: " replayed", drop: " dropped" };
