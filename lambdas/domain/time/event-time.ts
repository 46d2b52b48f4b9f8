/**
 * EventBridge gives the time of an event in whole seconds. An event without a time of its own stands for that whole
 * second: the order of two such events is not known. Such an event therefore counts as later than everything else in
 * its second; as the trigger of an enrollment it counts from the start of its second.
 */
import type { Time } from "./time.ts";

/** When an event happened. `wholeSecond`: at some moment of the second that begins at `time`. */
export interface EventTime {
  readonly time: Time;
  readonly wholeSecond?: true;
}

/** The last moment at which the event may have happened. */
export function latestTime({ time, wholeSecond }: EventTime): Time {
  return wholeSecond ? `${secondOf(time)}.999Z` : time;
}

/** The start of the second: a stored event of that second may have happened at this moment or later. */
export function startOfSecond(time: Time): Time {
  return `${secondOf(time)}.000Z`;
}

/** A `Time` without its milliseconds. */
function secondOf(time: Time): string {
  return time.slice(0, -".000Z".length);
}
