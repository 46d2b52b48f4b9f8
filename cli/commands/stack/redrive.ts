/** `journeys redrive`: replays, lists or deletes the messages in dead-letter queues and the failed batches of streams. */

import { count } from "../../../insight/words/count.ts";
import type { DeadLetter } from "../../../stack/redrive/dead-letter.ts";
import type { Action } from "../../../stack/redrive/queues.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { showTable } from "../../terminal/table.ts";

export const redriveCommand: CliCommand = {
  options: [
    ["--list", "only list them with their reasons"],
    ["--drop", "delete the messages and batches permanently; needs --yes"],
    ["--yes", "confirm --drop"],
    stackOption,
    jsonOption,
  ],
  notes:
    "Without ids, the command takes all dead letters. A message is sent to its queue before it is deleted from the dead-\nletter queue, so no message is lost if the command is interrupted; handling a message twice is safe. A message that its\nfunction rejected comes back with the same reason, and the command says so; send a correct event instead. A failed batch\nof stream records is passed to its function again and stays if a record fails again: then the exit code is 1.",
  example: "journeys redrive --list",
  run: (given, io) => {
    const action = actionOf(given.options);
    return onStack(given, io, (stack) => redrive(given.operands, action, given.options.json === true, stack, io));
  },
};

function actionOf({ list, drop, yes }: Readonly<Record<string, string | boolean | undefined>>): Action {
  if (list && drop) throw new UsageError("--list and --drop exclude each other. List first, then drop.");
  if (drop && !yes)
    throw new UsageError(
      "--drop deletes messages permanently. Run journeys redrive --list first, then add --yes to --drop.",
    );
  return list ? "list" : drop ? "drop" : "replay";
}

async function redrive(ids: readonly string[], action: Action, json: boolean, stack: Stack, io: Io): Promise<ExitCode> {
  const [{ deadLetters }, { cameBack }, { streamFailures }] = await Promise.all([
    import("../../../stack/redrive/queues.ts"),
    import("../../redrive/came-back.ts"),
    import("../../../stack/redrive/stream-failures.ts"),
  ]);
  const wanted = new Set(ids);
  const letters: DeadLetter[] = [];
  try {
    for (const each of [deadLetters, streamFailures])
      for await (const letter of each(wanted, action, stack)) {
        letters.push(letter);
        if (letters.length % PROGRESS_EVERY === 0) io.err(`${letters.length} so far…`);
      }
  } catch (error) {
    if (action !== "list") io.err(`${count(letters.length, "dead letter")}${outcome[action]} before this failed:`);
    throw error;
  }
  const missing = ids.filter((id) => !letters.some(({ messageId }) => messageId === id));
  const stay = letters.filter(({ stays }) => stays !== undefined);
  const back = action === "replay" ? await cameBack(letters, stack, io) : [];
  const ok = missing.length + stay.length + back.length === 0;
  if (json) io.out(JSON.stringify({ ok, action, letters, missing, cameBack: back }));
  else {
    showTable(
      ["message", "queue", "what", "about", "time", "reason"],
      letters.map(({ messageId, queue, what, customerId, journeyId, time = "", reason, stays }) => [
        messageId,
        queue,
        what,
        customerId ?? journeyId ?? "",
        time,
        stays === undefined ? reason : { text: stays, color: "red" },
      ]),
      io,
    );
    io.out(`${count(letters.length - stay.length, "dead letter")}${outcome[action]}.`);
  }
  if (stay.length > 0)
    io.err(
      `${count(stay.length, "dead letter")} could not be replayed and stayed. Read the log of the function, fix it, then try again.`,
    );
  if (back.length > 0) {
    io.err(`${count(back.length, "message")} came straight back:`);
    for (const { messageId, what, customerId = "", reason } of back)
      io.err(`  ${[messageId, what, customerId, reason].filter((text) => text !== "").join("  ")}`);
    io.err(
      "Send corrected events with journeys send, then delete the rejected messages with journeys redrive ID --drop --yes.",
    );
  }
  for (const id of missing)
    io.err(`There is no dead letter ${id}, or it was handled. journeys redrive --list shows all.`);
  return ok ? 0 : 1;
}

const PROGRESS_EVERY = 100;
const outcome: Record<Action, string> = { list: "", replay: " replayed", drop: " dropped" };
