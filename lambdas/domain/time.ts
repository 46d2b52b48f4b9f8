/**
 * Moments and durations, as text in one canonical form.
 *
 * A `Time` is RFC 3339 in UTC with exactly three decimals, so that text order is time order everywhere: in code,
 * in DynamoDB sort keys and in the eyes of whoever reads an item. A day is 24 hours and a week 7 days; calendar
 * days exist only where a time zone does (`next-moment.ts`).
 */
export type Time = string;

export const EPOCH: Time = "1970-01-01T00:00:00.000Z";

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const DURATION = /^([+-])?P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** The canonical form of an RFC 3339 text; `undefined` when it is not one (a date without a time is not). */
export function toTime(text: unknown): Time | undefined {
  const moment = toMoment(text);
  return moment === undefined ? undefined : fromMilliseconds(moment);
}

/** The same as milliseconds, for comparing. How nearly all times are written is read without a regular expression. */
export function toMoment(text: unknown): number | undefined {
  if (typeof text !== "string") return undefined;
  const moment = plainMoment(text);
  if (!Number.isNaN(moment)) return moment;
  if (!RFC_3339.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) || !sameDay(text) ? undefined : milliseconds;
}

const [DASH, COLON, T, DOT, Z, PLUS] = [..."-:T.Z+"].map((sign) => sign.charCodeAt(0));

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** From 1970 on, by the rule for 400 years of which the last day of a leap year is the last. */
function daysUntil(year: number, month: number, day: number): number {
  const years = month <= 2 ? year - 1 : year;
  const century = (years / 100) | 0;
  const inYear = ((153 * (month <= 2 ? month + 9 : month - 3) + 2) / 5) | 0;
  return years * 365 + (years >> 2) - century + (century >> 2) + inYear + day - 719_469;
}

/** Years of four digits, at most three decimals. Not a number for anything else. */
function plainMoment(text: string): number {
  if (!(is(text, 4, DASH) && is(text, 7, DASH) && is(text, 10, T) && is(text, 13, COLON) && is(text, 16, COLON)))
    return Number.NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  const ordinary = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59;
  if (!ordinary || (day > 28 && (day > (DAYS[month - 1] ?? 0) || (month === 2 && day === 29 && !isLeap(year)))))
    return Number.NaN;
  let zone = 19;
  let fraction = 0;
  if (is(text, 19, DOT))
    for (let worth = 100; ++zone < 24 && isDigit(text.charCodeAt(zone)); worth /= 10)
      fraction += (text.charCodeAt(zone) - 48) * worth;
  if (zone === 20 || zone === 24) return Number.NaN;
  const seconds = ((daysUntil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  return seconds * 1000 + fraction - offset(text, zone);
}

/** Of a zone, in milliseconds. */
function offset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === Z) return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== PLUS && sign !== DASH) || text.charCodeAt(at + 3) !== COLON || text.length !== at + 6)
    return Number.NaN;
  const [hours, minutes] = [two(text, at + 1), two(text, at + 4)];
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === PLUS ? 1 : -1) * (hours * 60 + minutes) * 60_000;
}

const is = (text: string, at: number, code: number | undefined) => text.charCodeAt(at) === code;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** The number that two digits make. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}

/** `Date.parse` rolls 30 February over into March; a typing error must not become another day. */
function sameDay(text: string): boolean {
  const day = text.slice(0, 10);
  if (day.slice(8) <= "28") return true;
  const parsed = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}

export function fromMilliseconds(milliseconds: number): Time {
  return new Date(milliseconds).toISOString();
}

export function toMilliseconds(time: Time): number {
  return Date.parse(time);
}

/** True for an ISO 8601 duration without years and months, optionally signed. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** Length of a duration in milliseconds; negative when it is signed so. */
export function durationMilliseconds(duration: string): number {
  const [, sign, ...amounts] = DURATION.exec(duration) ?? [];
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = amounts.map((amount) => Number(amount ?? 0));
  const magnitude = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + Math.round(seconds * 1000);
  return sign === "-" ? -magnitude : magnitude;
}

const lengths = new Map<string, number>();

/** The moment a duration after (or, signed, before) another. Lengths are remembered: journeys reuse a few. */
export function plus(time: Time, duration: string): Time {
  let length = lengths.get(duration);
  if (length === undefined) {
    length = durationMilliseconds(duration);
    if (lengths.size < 10_000) lengths.set(duration, length);
  }
  return fromMilliseconds(Math.min(toMilliseconds(time) + length, LATEST));
}

export function minus(time: Time, duration: string): Time {
  return plus(time, duration.startsWith("-") ? duration.slice(1) : `-${duration.replace(/^\+/, "")}`);
}

/** The last moment before another, for asking for what happened since, that moment included. */
export function justBefore(time: Time): Time {
  return fromMilliseconds(toMilliseconds(time) - 1);
}

/** 9999-12-31, the last moment that still sorts as text. */
const LATEST = 253_402_300_799_999;

export function later(a: Time, b: Time): Time {
  return a > b ? a : b;
}
