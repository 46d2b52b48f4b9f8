/** A dead-letter queue, as `redrive` uses it. */

export interface DeadLetterQueue {
  readonly name: string;
  /** The approximate number of messages in the queue. */
  size(): Promise<number>;
  /** Receives up to ten messages and hides them from other readers for two minutes. Empty: the queue has no more. */
  receive(): Promise<readonly ReceivedLetter[]>;
  /** Sends a message to the queue that it came from. */
  resend(letter: ReceivedLetter): Promise<void>;
  delete(letter: ReceivedLetter): Promise<void>;
  /** Makes messages visible to other readers at once, instead of after two minutes. */
  putBack(letters: readonly ReceivedLetter[]): Promise<void>;
}

export interface Received {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sentAt?: string | undefined;
}

/** `receipt`: the handle by which the queue deletes a received message or makes it visible again. */
export interface ReceivedLetter extends Received {
  readonly receipt: string;
}
