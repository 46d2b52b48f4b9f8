/**
 * The turns of mails at the stack's mail rate. Each mail gets the next free time, and that time moves on by the
 * interval between two mails. No mail is refused, so a burst is spread over time instead of being retried.
 */

/** Times in milliseconds. */
export interface Turn {
  readonly at: number;
  /** The next free time for a mail. */
  readonly nextFree: number;
}

/** `perSecond`: the number of messages per second. */
export function turnAt(now: number, nextFree: number, perSecond: number): Turn {
  const at = Math.max(now, nextFree);
  return { at, nextFree: at + 1000 / perSecond };
}
