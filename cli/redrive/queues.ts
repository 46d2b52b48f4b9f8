/**
 * The dead-letter queues of a stack. Not by SQS's own redrive, which moves only what a queue has put there: most
 * letters were put there by a function or by the bus.
 */

import type { DeadLetterQueue, ReceivedLetter } from "../stack/dead-letter-queue.ts";
import type { Stack } from "../stack/stack.ts";
import { type DeadLetter, deadLetterOf } from "./dead-letter.ts";

export type Action = "list" | "replay" | "drop";

const LEAST = 10;

/** Does the action to those that are named, or to all when none is, and tells each when it is done. */
export async function* deadLetters(
  ids: ReadonlySet<string>,
  action: Action,
  stack: Pick<Stack, "deadLetterQueues">,
): AsyncGenerator<DeadLetter> {
  for (const queue of stack.deadLetterQueues()) {
    const left: ReceivedLetter[] = [];
    try {
      for await (const received of receivedFrom(queue, left)) {
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
  /** Sent before it is deleted: twice at worst, never lost. */
  async replay(letter, queue) {
    await queue.resend(letter);
    await queue.delete(letter);
  },
};

/**
 * What lay there at first, and not what comes in behind: a replayed message may fail again at once. That is told by the
 * time it was sent and, as clocks differ, by the number: SQS's is approximate, so that a few more may be taken.
 */
async function* receivedFrom(queue: DeadLetterQueue, left: ReceivedLetter[]): AsyncGenerator<ReceivedLetter> {
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
      if (letter.sentAt !== undefined && Date.parse(letter.sentAt) > startedAt) left.push(letter);
      else yield letter;
    }
  }
}
