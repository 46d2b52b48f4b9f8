/**
 * Reads a time in the form of RFC 3339. Conditions compare times for every event, and `Date.parse` takes four times as
 * long. `Date.parse` also turns 30 February into 2 March, but a typing error must not become another day.
 */
const FORM = /^\d\d\d\d-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const POINT = 46;
const MINUS = 45;
const Z = 90;
const SMALL_Z = 122;

/** The milliseconds since 1970; `NaN` when the text is no such time. A date without a time of day is not accepted. */
export function readRfc3339(text: string): number {
  if (!FORM.test(text)) return Number.NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  if (month < 1 || month > 12 || day < 1 || (day > 28 && day > lastDay(year, month))) return Number.NaN;
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  // 24:00:00 is the next midnight.
  if (hour > 23 || minute > 59 || second > 59) return Date.parse(text.toUpperCase());
  const minutes = ((daysUntil(year, month) + day) * 24 + hour) * 60 + minute;
  return minutes * 60_000 + second * 1000 + fraction(text) - offset(text);
}

const digit = (text: string, at: number) => text.charCodeAt(at) - 48;
const two = (text: string, at: number) => digit(text, at) * 10 + digit(text, at + 1);

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970 to the day before a month. Years begin in March here, so that a leap day ends its year. */
function daysUntil(year: number, month: number): number {
  const since = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const century = Math.floor(since / 100);
  return 365 * since + (since >> 2) - century + (century >> 2) + Math.floor((153 * months + 2) / 5) - 719_469;
}

/** Milliseconds of a second; further decimals are cut off. */
function fraction(text: string): number {
  if (text.charCodeAt(19) !== POINT) return 0;
  const tenths = digit(text, 20) * 100;
  if (!isDigit(text, 21)) return tenths;
  return tenths + digit(text, 21) * 10 + (isDigit(text, 22) ? digit(text, 22) : 0);
}

const isDigit = (text: string, at: number) => digit(text, at) >= 0 && digit(text, at) <= 9;

/** How far a clock with this offset is ahead of UTC; `NaN` for an offset that no clock can have. */
function offset(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  if (last === Z || last === SMALL_Z) return 0;
  const at = text.length - 6;
  const hours = two(text, at + 1);
  const minutes = two(text, at + 4);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (text.charCodeAt(at) === MINUS ? -60_000 : 60_000) * (hours * 60 + minutes);
}
