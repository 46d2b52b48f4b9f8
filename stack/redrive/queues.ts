/**
 * Lists, replays and deletes the messages in the dead-letter queues of a stack. SQS's own redrive moves only messages
 * that a queue has put there; a function or the bus put most of these messages there.
 */

import type { DeadLetterQueue, ReceivedLetter } from "../dead-letter-queue.ts";
import type { Stack } from "../stack.ts";
import { type DeadLetter, deadLetterOf } from "./dead-letter.ts";

export type Action = "list" | "replay" | "drop";

const LEAST = 10;

/** Performs the action on the messages with these ids, or on all messages without ids. Yields each message when it is done. */
export async function* deadLetters(
  ids: ReadonlySet<string>,
  action: Action,
  stack: Pick<Stack, "deadLetterQueues">,
): AsyncGenerator<DeadLetter> {
  for (const queue of stack.deadLetterQueues()) {
    const left: ReceivedLetter[] = [];
    try {
      for await (const received of receivedFrom(queue, action, left)) {
        const letter = deadLetterOf(queue.name, received);
        const wanted = ids.size === 0 || ids.has(letter.messageId);
        if (action === "list" || !wanted) left.push(received);
        else await actions[action](received, queue);
        if (wanted) yield letter;
      }
    } finally {
      await queue.putBack(left);
    }
  }
}

const actions: Record<Exclude<Action, "list">, (letter: ReceivedLetter, queue: DeadLetterQueue) => Promise<void>> = {
  drop: (letter, queue) => queue.delete(letter),
  /** The message is sent before it is deleted: it may be handled twice, but it is never lost. */
  async replay(letter, queue) {
    await queue.resend(letter);
    await queue.delete(letter);
  },
};

/**
 * The messages that were in the queue at the start. A replayed message may fail again at once and come back: it is
 * recognized by the time it was sent and, because clocks differ, by the number of messages. SQS's number is approximate,
 * so a few more messages may be received.
 */
async function* receivedFrom(
  queue: DeadLetterQueue,
  action: Action,
  left: ReceivedLetter[],
): AsyncGenerator<ReceivedLetter> {
  const startedAt = Date.now();
  const known = new Set<string>();
  let most = Math.max(LEAST, await queue.size());
  while (most > 0) {
    const letters = await queue.receive();
    if (letters.length === 0) return;
    for (const letter of letters) {
      most--;
      if (known.has(letter.messageId)) continue;
      known.add(letter.messageId);
      if (action !== "list" && letter.sentAt !== undefined && Date.parse(letter.sentAt) > startedAt) left.push(letter);
      else yield letter;
    }
  }
}
