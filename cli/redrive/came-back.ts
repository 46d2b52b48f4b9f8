/**
 * The messages that came straight back after a replay. A function that rejected a message rejects it again, unless
 * something was fixed in between. Without this list, the operator would believe that the replay has succeeded.
 */

import type { DeadLetter } from "../../stack/redrive/dead-letter.ts";
import { deadLetters } from "../../stack/redrive/queues.ts";
import type { Stack } from "../../stack/stack.ts";
import type { Io } from "../terminal/io.ts";

const PATIENCE_SECONDS = 5;

/** Waits a few seconds, and only when the functions had rejected some of the replayed messages. */
export async function cameBack(
  replayed: readonly DeadLetter[],
  stack: Pick<Stack, "deadLetterQueues">,
  io: Io,
): Promise<DeadLetter[]> {
  const rejected = replayed.filter((letter) => letter.rejected && letter.queue !== "streams");
  let found: DeadLetter[] = [];
  for (let second = 0; second < PATIENCE_SECONDS && found.length < rejected.length; second++) {
    await io.sleep(1000);
    const now = await Array.fromAsync(deadLetters(new Set(), "list", stack));
    found = now.filter((letter) => rejected.some((before) => isSame(before, letter)));
  }
  return found;
}

/** SQS gives a message that is sent again another id and a later time. */
function isSame(before: DeadLetter, now: DeadLetter): boolean {
  return (
    now.messageId !== before.messageId &&
    now.queue === before.queue &&
    now.what === before.what &&
    now.customerId === before.customerId &&
    now.time === before.time &&
    (now.sentAt ?? "") > (before.sentAt ?? "")
  );
}
