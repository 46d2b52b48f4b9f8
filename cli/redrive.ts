/** `journeys redrive`: what lies in the dead-letter queues is listed, replayed or dropped. */
import type { CliCommand } from "./command.ts";
import { count } from "./count.ts";
import { jsonOption, onStack, stackOption } from "./deployed/on-stack.ts";
import type { DeployedStack } from "./deployed/stack.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import type { DeadLetter } from "./redrive/dead-letter.ts";
import type { Deed } from "./redrive/queues.ts";
import { showTable } from "./table.ts";

export const redriveCommand: CliCommand = {
  usage: "redrive [message...]",
  summary: "replays dead letters: events and reports that could not be handled; lists or drops them",
  options: [
    ["--list", "only list them, with the reason of each"],
    ["--drop", "delete them for good; needs --yes"],
    ["--yes", "really drop them"],
    stackOption,
    jsonOption,
  ],
  notes:
    "Without ids all of them. Each is sent to its queue again before it is deleted here, so that nothing is lost when this\nends midway; what is handled twice does no harm. What its function rejected comes back with the same reason until the\nevent is published again as it should be.",
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
  const { deadLetters } = await import("./redrive/queues.ts");
  const done: DeadLetter[] = [];
  for await (const letter of deadLetters(new Set(ids), deed, stack)) {
    done.push(letter);
    if (deed !== "list" && done.length % PROGRESS_EVERY === 0) io.err(`${done.length} so far…`);
  }
  const missing = ids.filter((id) => !done.some(({ messageId }) => messageId === id));
  if (json) io.out(JSON.stringify({ deed, letters: done, missing }));
  else {
    showTable(
      ["message", "queue", "what", "customer", "time", "reason"],
      done.map(({ messageId, queue, what, customerId = "", time = "", reason }) => [
        messageId,
        queue,
        what,
        customerId,
        time,
        reason,
      ]),
      io,
    );
    io.out(`${count(done.length, "dead letter")}${outcome[deed]}.`);
  }
  for (const id of missing) io.err(`There is no dead letter ${id} (any more). journeys redrive --list shows all.`);
  return missing.length === 0 ? 0 : 1;
}

const PROGRESS_EVERY = 100;
const outcome: Record<Deed, string> = { list: "", replay: " replayed", drop: " dropped" };
