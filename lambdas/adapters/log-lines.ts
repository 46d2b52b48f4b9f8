/**
 * Log lines that something matches: a metric filter or a test. The function that writes the line and the code that
 * matches it use the same constant. This file imports nothing, so that the stack can read it without the logger.
 */

/** An alarm counts this line in the log of message-status. */
export const MARKETING_HELD = "The marketing of a journey is held.";

/** A metric counts this line in the log of message-status. */
export const UNKNOWN_NUMBER = "A message came from a number that no customer has.";

/** An alarm counts this line in the log of trigger-matcher. */
export const EVENT_DELAYED = "AWS throttles: an event goes back to the queue.";

export const RECONCILED = "The reconciler has finished a run.";
