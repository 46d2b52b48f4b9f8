/** A dead-letter queue, as `redrive` uses it. */
import type { Received } from "./dead-letter.ts";

export interface DeadLetterQueue {
  readonly name: string;
  /** About how many letters lie in the queue. */
  size(): Promise<number>;
  /** Up to ten letters, which nobody else sees for two minutes. Empty: no more are there. */
  receive(): Promise<readonly ReceivedLetter[]>;
  /** Sends a letter to the queue that it came from. */
  resend(letter: ReceivedLetter): Promise<void>;
  delete(letter: ReceivedLetter): Promise<void>;
  /** Shows letters to everybody at once, instead of after two minutes. */
  putBack(letters: readonly ReceivedLetter[]): Promise<void>;
}

/** `receipt`: what a queue wants to be told about a letter that it handed out. */
export interface ReceivedLetter extends Received {
  readonly receipt: string;
}
