/**
 * A queue in time: whoever asks is given the next free moment, and the one after it moves on by what one message takes
 * at the mail service's rate. Nobody is refused, so a burst is spread instead of being tried again and again.
 */

/** Moments in milliseconds. */
export interface Turn {
  readonly at: number;
  /** When the next one is free. */
  readonly nextFree: number;
}

/** `perSecond`: so many messages a second. */
export function turnAt(now: number, nextFree: number, perSecond: number): Turn {
  const at = Math.max(now, nextFree);
  return { at, nextFree: at + 1000 / perSecond };
}
