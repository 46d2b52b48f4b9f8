/**
 * What ended a wait decides which events the next `waitFor` counts: everything from the time of the event, status or
 * change that ended the wait, whenever that was delivered. No event ends two waits of one enrollment. Another event of
 * the same moment still counts for the next wait.
 */

import { type EventTime, latestTime, startOfSecond } from "../time/event-time.ts";
import { later, type Time } from "../time/time.ts";
import type { Identity } from "../values/event-identity.ts";

export interface WaitEnd {
  /** The own time of the event, status or change; or the end of the wait's time. */
  readonly time: Time;
  /** The identity of the event, if an event ended the wait. */
  readonly event?: string;
}

/** From which moment a `waitFor` counts events, and which events of that moment have already ended a wait. */
export interface Counting {
  /** Stored with the last moment before the trigger event until the customer leaves the first wait. */
  readonly since: Time;
  readonly consumed?: readonly string[];
}

/** Two event names may share one id. An event's name contains no blank. */
export function identityOf({ name, id }: Identity): string {
  return `${name} ${id}`;
}

export function isCounted({ since, consumed = [] }: Counting, event: Identity & EventTime): boolean {
  return latestTime(event) >= since && !consumed.includes(identityOf(event));
}

/** The moment never moves back: a status may be older than the wait that it ends. */
export function afterWait({ since, consumed = [] }: Counting, { time, event }: WaitEnd): Counting {
  const moved = later(since, time);
  // An event that stands for its whole second may count until the end of that second.
  const kept = startOfSecond(moved) === startOfSecond(since) ? consumed : [];
  const ids = [...kept, ...(event === undefined ? [] : [event])];
  return { since: moved, ...(ids.length > 0 && { consumed: ids }) };
}
