/**
 * Decides when a delivery is rechecked, and when an event may skip the second tombstone check.
 *
 * An event that no journey listens to is only stored: no other item is read or written. The function that decides that
 * no journey listens may have an old view. Two kinds of delivery are therefore put into the queue again
 * (`app/entry/recheck.ts`), with a delay after which no function can have the old view any more:
 *
 * - a delivery that let a customer enter a journey published a moment ago: a function that did not know the journey yet
 *   may have stored an event of the customer without applying it;
 * - a delivery that erases a customer: an event of the customer may have been stored during the erasure. Recent events
 *   therefore skip the second tombstone check.
 *
 * A function's view of the journeys is at most 5 seconds old, the function lives for at most 30 seconds, and its clock
 * is wrong by at most 5 minutes. (On a test stack with scaled time, minutes pass too fast for these limits.)
 */
import { minus, type Time } from "../time/time.ts";

/**
 * An event younger than this skips the second tombstone check, because the recheck of the erasure removes what such an
 * event stored.
 */
const YOUNG = "PT1M";

/** Every function knows a journey that was published earlier than this, even if its clock is wrong. */
const KNOWN_AFTER = "PT12M";

/**
 * The delay of a recheck in seconds. An erasure's own time may be 5 minutes ahead. A message that stays in the queue for
 * more than 15 minutes raises an alarm.
 */
export const RECHECK_SECONDS = { entered: 120, erased: 780 } as const;

export function isYoung({ time }: { readonly time: Time }, now: Time): boolean {
  return time > minus(now, YOUNG);
}

/** The delay after which a delivery that let a customer into a journey is rechecked; `undefined`: it is not rechecked. */
export function recheckOfEntry(live: { readonly publishedAt?: Time | undefined }, now: Time): number | undefined {
  return isNew(live, now) ? RECHECK_SECONDS.entered : undefined;
}

/** Whether a function may exist that does not know the live version of the journey yet. */
export function isNew({ publishedAt }: { readonly publishedAt?: Time | undefined }, now: Time): boolean {
  return publishedAt !== undefined && publishedAt > minus(now, KNOWN_AFTER);
}
