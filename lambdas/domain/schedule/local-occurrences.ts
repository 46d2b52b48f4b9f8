/**
 * The occurrences of a schedule on the clocks of its zone, as milliseconds of the same date and time in UTC.
 * `occurrence.ts` decides what happens to them when daylight saving begins or ends.
 */
import { Cron } from "croner";
import { LOCAL } from "../documents/vocabulary.ts";
import type { Schedule } from "../journey/trigger.ts";
import { durationMilliseconds, toMoment } from "../time/time.ts";

/** The occurrences after a local time, in order. */
export function* localOccurrences(schedule: Schedule, after: number): Generator<number> {
  if ("at" in schedule) {
    const local = localOf(schedule.at);
    if (local !== undefined && local > after) yield local;
  } else if ("every" in schedule) {
    const every = durationMilliseconds(schedule.every);
    for (let local = (Math.floor(after / every) + 1) * every; ; local += every) yield local;
  } else {
    const expression = readCron(schedule.cron);
    if (typeof expression === "string") return;
    for (let next = expression.nextRun(new Date(after)); next; next = expression.nextRun(next)) yield next.getTime();
  }
}

/** The local time that a text without an offset means; `undefined` when the text has an offset. */
export function localOf(at: string): number | undefined {
  return LOCAL.test(at) ? toMoment(`${at}${at.length === 16 ? ":00" : ""}Z`) : undefined;
}

/** The parsed expression, or the problem of the expression. */
export function readCron(text: string): Cron | string {
  try {
    const expression = new Cron(text, { timezone: "UTC", mode: "5-part", paused: true });
    return expression.nextRun(new Date(0)) ? expression : "There is no such day";
  } catch (error) {
    return (error as Error).message.replace(/^CronPattern: /, "");
  }
}
