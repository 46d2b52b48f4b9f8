/**
 * The date filters. LiquidJS reads the clock, the time zone and the language of the machine; here all three are
 * arguments. A date without a time of day, such as a birthday, is the same date in every zone.
 */
import type { Liquid } from "liquidjs";
import { readRfc3339 } from "../../time/rfc-3339.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../../time/time.ts";

export interface Clock {
  readonly now: Time;
  /** The zone in which the `date` filter shows times, unless the filter names another. */
  readonly timezone: string;
}

type Filter = (this: unknown, ...values: unknown[]) => unknown;

/** Filters that show a time in UTC; `date` shows it in a zone. */
const inUtc = ["date_to_xmlschema", "date_to_rfc822", "date_to_string", "date_to_long_string"];

/** `clockOf` finds the clock of the rendering that a filter works for. */
export function registerDateFilters(liquid: Liquid, clockOf: (filter: unknown) => Clock): void {
  const date = liquid.filters.date as Filter;
  liquid.registerFilter("date", function (this: unknown, value: unknown, pattern: unknown, zone: unknown) {
    const { now, timezone } = clockOf(this);
    const moment = momentOf(value, now);
    if (moment === undefined) return value;
    const shown = hasNoTimeOfDay(value) ? 0 : (zone ?? timezone);
    const needsName = typeof pattern === "string" && pattern.includes("Z");
    const offset = typeof shown === "string" && !needsName ? minutesBehind(shown, moment) : shown;
    return date.call(this, moment, pattern, offset);
  });
  for (const name of inUtc) {
    const filter = liquid.filters[name] as Filter;
    liquid.registerFilter(name, function (this: unknown, value: unknown, ...rest: unknown[]) {
      const moment = momentOf(value, clockOf(this).now);
      return moment === undefined ? value : filter.call(this, moment, ...rest);
    });
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * How many minutes a zone is behind UTC at a moment. LiquidJS asks for it too, but makes a formatter each time, which
 * takes ten times as long.
 */
function minutesBehind(timeZone: string, moment: Time): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    if (formats.size < 1_000) formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const local = new Date(0);
  local.setUTCFullYear(parts.get("era") === "BC" ? 1 - part("year") : part("year"), part("month") - 1, part("day"));
  local.setUTCHours(part("hour"), part("minute"), part("second"));
  return (Math.floor(toMilliseconds(moment) / 1000) * 1000 - local.getTime()) / 60_000;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const ISO = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/;
const SECONDS = /:\d\d:\d\d/;
const ZONE = /([Zz]|[+-]\d\d:?\d\d)$/;
const NUMBER = /^\d+$/;
const RELATIVE = ["now", "today"];

const hasNoTimeOfDay = (value: unknown) =>
  typeof value === "string" && !value.includes(":") && !NUMBER.test(value) && !RELATIVE.includes(value);

/** `undefined` for a value that is no time: a filter returns it unchanged. */
function momentOf(value: unknown, now: Time): Time | undefined {
  if (typeof value === "string" && RELATIVE.includes(value)) return now;
  const moment = milliseconds(value);
  return moment >= EARLIEST && moment <= LATEST ? fromMilliseconds(moment) : undefined;
}

function milliseconds(value: unknown): number {
  if (typeof value === "number") return unix(value);
  if (typeof value !== "string" || value.length > 64) return Number.NaN;
  if (NUMBER.test(value)) return unix(Number(value));
  if (DAY.test(value)) return readRfc3339(`${value}T00:00:00Z`);
  return ISO.test(value) ? iso(value) : inWords(value);
}

/** UNIX time: numbers of 13 digits are milliseconds, shorter numbers are seconds. */
function unix(value: number): number {
  return Math.abs(value) >= 1e12 ? value : value * 1000;
}

/** A time that names no zone is in UTC. */
function iso(value: string): number {
  const zoned = ZONE.test(value) ? value : `${value}Z`;
  const whole = SECONDS.test(zoned) ? zoned : zoned.replace(/^(.{16})/, "$1:00");
  return readRfc3339(
    whole
      .replace(" ", "T")
      .replace(/([+-]\d\d)(\d\d)$/, "$1:$2")
      .toUpperCase(),
  );
}

/** Such as "March 14, 2026". */
function inWords(value: string): number {
  const utc = Date.parse(`${value} UTC`);
  return Number.isNaN(utc) ? Date.parse(value) : utc;
}

/** The years that a `Time` can say: 0000 to 9999. */
const EARLIEST = -62_167_219_200_000;
const LATEST = 253_402_300_799_999;
