/** A dead-letter queue in memory: what was handed out is hidden until it is put back or deleted. */
import type { DeadLetterQueue, ReceivedLetter } from "../../../stack/dead-letter-queue.ts";

export class MemoryQueue implements DeadLetterQueue {
  readonly name: string;
  /** What lies in the queue, hidden or not. */
  readonly letters = new Map<string, ReceivedLetter>();
  readonly hidden = new Set<string>();
  /** The source queue of the messages. */
  readonly resent: string[] = [];
  /** Handed out at once; SQS hands out ten at most. */
  readonly page = 10;
  /** Fails instead of deleting this message. */
  diesAt: string | undefined;
  /** Runs after a message was sent again, for example so that it comes back. */
  onResend: (letter: ReceivedLetter) => void = () => {};
  private readonly did: string[];

  constructor(name: string, did: string[]) {
    this.name = name;
    this.did = did;
  }

  put(messageId: string, body: string, more: Partial<ReceivedLetter> = {}): void {
    const sentAt = "2026-01-05T09:00:00.000Z";
    this.letters.set(messageId, { messageId, body, receipt: `r-${messageId}`, attributes: {}, sentAt, ...more });
  }

  async size() {
    return this.letters.size;
  }

  async receive() {
    const seen = [...this.letters.values()].filter(({ messageId }) => !this.hidden.has(messageId)).slice(0, this.page);
    for (const { messageId } of seen) this.hidden.add(messageId);
    return seen;
  }

  async resend(letter: ReceivedLetter) {
    this.did.push(`send ${letter.messageId} to ${this.name}`);
    this.resent.push(letter.body);
    this.onResend(letter);
  }

  async delete({ messageId, receipt }: ReceivedLetter) {
    if (receipt !== `r-${messageId}`) throw new Error(`The receipt ${receipt} is not of ${messageId}.`);
    if (messageId === this.diesAt) throw new Error("Died.");
    this.did.push(`delete ${messageId} of ${this.name}`);
    this.letters.delete(messageId);
  }

  async putBack(letters: readonly ReceivedLetter[]) {
    for (const { messageId } of letters) this.hidden.delete(messageId);
  }
}
