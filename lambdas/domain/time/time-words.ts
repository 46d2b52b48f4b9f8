/** Times as people write them, such as "9pm" or "2026-06-30", in the form that documents have. For suggestions in messages. */
import { toTime } from "./time.ts";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The days of a text such as `mon-fri`; `undefined` for other texts. */
export function weekdaysIn(text: string): string[] | undefined {
  const [, from = "", to = ""] = /^([a-z]{3})[a-z]* ?[-–] ?([a-z]{3})[a-z]*$/i.exec(text.trim()) ?? [];
  const [first, last] = [days.indexOf(from.toLowerCase()), days.indexOf(to.toLowerCase())];
  return first < 0 || last < first ? undefined : days.slice(first, last + 1);
}

/** ` Did you mean "21:00"?` for a text such as "9pm" or "9:00". Empty for other texts. */
export function likeTimeOfDay(text: string): string {
  if (/^(today|tomorrow)$/i.test(text))
    return ' The next such time is meant; a day is "for": "P1D", in place of until.';
  const [, hours, minutes = "00", half = ""] = /^(\d{1,2})(?::(\d\d))?(?::\d\d)?\s*(am|pm)?$/i.exec(text.trim()) ?? [];
  if (hours === undefined) return "";
  const hour = half === "" ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return hour > 23 || Number(minutes) > 59 ? "" : ` Did you mean "${String(hour).padStart(2, "0")}:${minutes}"?`;
}

/** ` Did you mean "2026-06-30T00:00:00Z"?` for a date, or for a time without zone. Empty for other texts. */
export function likeMoment(text: string): string {
  const [, date, time = "00:00", seconds = ":00"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?)?Z?$/i.exec(text.trim()) ?? [];
  const meant = `${date}T${time}${seconds}Z`;
  return date === undefined || toTime(meant) === undefined ? "" : ` Did you mean "${meant}"?`;
}
