/**
 * An event that nobody listens to is only kept, for conditions that count: for it nothing is read and nobody is told.
 * Whoever decides so may know too little, by a moment. Two deliveries therefore come once more (`once-more.ts`), when
 * nobody can still be acting on what they knew before:
 *
 * - one that lets a customer into a journey published just now: what they did meanwhile may have been kept by a function
 *   that did not know the journey yet;
 * - one that erases a customer: of an event of theirs something may have been stored meanwhile. Who handles a young one
 *   therefore need not look for a tombstone afterwards either.
 *
 * How late a function may be: its view of the journeys is at most 5 seconds old, it lives for at most 30 seconds, and
 * its clock is wrong by at most 5 minutes. (On a test stack whose time is scaled, minutes pass too fast for that.)
 */
import { minus, type Time } from "../time/time.ts";

/** Only of a young event nobody looks whether its customer was erased since it happened: that will be done once more. */
const YOUNG = "PT1M";

/** Every function knows a journey that was published so long ago, whatever its clock and the publisher's say. */
const KNOWN_AFTER = "PT12M";

/**
 * Seconds until a delivery comes once more. An erasure's own time may lie 5 minutes ahead; what waits in the queue for
 * more than 15 minutes rings an alarm.
 */
export const RECHECK_SECONDS = { entered: 120, erased: 780 } as const;

export function isYoung({ time }: { readonly time: Time }, now: Time): boolean {
  return time > minus(now, YOUNG);
}

/** Whether some function may not know yet what is live of a journey. */
export function isNew({ publishedAt }: { readonly publishedAt?: Time | undefined }, now: Time): boolean {
  return publishedAt !== undefined && publishedAt > minus(now, KNOWN_AFTER);
}
