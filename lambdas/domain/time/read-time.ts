/**
 * Reads a time in every form in which apps send one: RFC 3339 in either case, a date without time of day, and UNIX time
 * as a number. Waits and conditions both read fields through this function, so both understand the same forms.
 */
import { localTime } from "./local-time.ts";
import { LATEST, toMoment } from "./time.ts";

const DATE = /^\d{4}-\d\d-\d\d$/;

/** Programs write "never" as a year that RFC 3339 cannot express, such as +275760-09-13T00:00:00.000Z. */
const YEAR_PAST_9999 = /^\+?\d{5,9}-\d\d-\d\d(?:T.*)?$/i;

/**
 * The milliseconds since 1970; `undefined` when the value is no time. A date means `timeOfDay` on that day in the zone.
 * A number of 10 digits counts seconds, one of 13 digits milliseconds. A year past 9999 means the last moment of 9999.
 */
export function readTime(value: unknown, zone: string, timeOfDay = "00:00"): number | undefined {
  if (typeof value === "number") return readUnixTime(value);
  if (typeof value !== "string") return undefined;
  if (DATE.test(value)) {
    const local = toMoment(`${value}T${timeOfDay}:00Z`);
    return local === undefined ? undefined : localTime(local, zone);
  }
  const moment = YEAR_PAST_9999.test(value) ? LATEST : toMoment(value);
  return moment === undefined ? undefined : Math.min(moment, LATEST);
}

function readUnixTime(value: number): number | undefined {
  if (value >= 1e9 && value < 1e10) return Math.floor(value * 1000);
  return value >= 1e12 && value < 1e13 ? Math.floor(value) : undefined;
}
