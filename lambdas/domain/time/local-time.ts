/**
 * The moment at which clocks in a time zone show a date and a time of day. Conditions need this on the path of every
 * event, so it uses `Intl`, which Node has built in: Temporal would add 70 kB to the functions that handle events.
 */

const formats = new Map<string, Intl.DateTimeFormat>();

/** At most this many zones keep their formatter, because making a formatter takes 30 times as long as using it. */
const MOST_KEPT = 500;

const DAY = 86_400_000;

/** The year 1800, when no place had a time zone yet. Programs write "unknown" as 0001-01-01. */
const BEFORE_ZONES = Date.UTC(1800, 0, 1);

/**
 * `local`: the date and time of day that the clocks show, as milliseconds of the same date and time in UTC.
 * A time that daylight saving skips moves forward by the length of the gap. A time that occurs twice means its first
 * occurrence. `nextTimeOfDay` follows the same rules.
 */
export function localTime(local: number, zone: string): number {
  if (zone === "UTC" || local < BEFORE_ZONES) return local;
  const [before, after] = [clockOffset(local - DAY, zone), clockOffset(local + DAY, zone)];
  const moments = before > after ? [local - before, local - after] : [local - after, local - before];
  const skipped = local - before;
  return moments.find((at) => at + clockOffset(at, zone) === local) ?? skipped;
}

/** The date and time of day that the clocks in a zone show, as milliseconds of the same date and time in UTC. */
export function clocksAt(at: number, zone: string): number {
  return zone === "UTC" || at < BEFORE_ZONES ? at : at + clockOffset(at, zone);
}

/** By how many milliseconds the clocks in a zone are ahead of UTC at a moment. */
function clockOffset(at: number, zone: string): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...parts, second: "numeric" });
  if (formats.size < MOST_KEPT) formats.set(timeZone, format);
  return format;
}
