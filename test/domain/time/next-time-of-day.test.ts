/** Compares the next time of day in a zone with the clocks of that zone, over every hour of a year. */
import { expect, test } from "vitest";
import { nextTimeOfDay, weekdays } from "../../../lambdas/domain/time/next-time-of-day.ts";
import { fromMilliseconds, toMilliseconds } from "../../../lambdas/domain/time/time.ts";

const HOUR = 3_600_000;
const first = Date.parse("2026-01-01T00:00:00Z");

/** One formatter for each zone: to make one takes longer than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options = { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", options);
  formats.set(timeZone, format);
  return format;
}

/** The clocks of a zone according to Intl, independent of the tested code. */
function shown(at: number, timeZone: string) {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? "";
  return { time: `${part("hour")}:${part("minute")}`, day: part("weekday").toLowerCase() };
}

test.each(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "UTC"])(
  "%s: clocks show it, it is after now, and no sooner one is passed over",
  (zone) => {
    for (let hour = 0; hour < 365 * 24; hour += 7) {
      const now = fromMilliseconds(first + hour * HOUR);
      const next = toMilliseconds(nextTimeOfDay("09:30", undefined, zone, now));
      expect(shown(next, zone).time, now).toBe("09:30");
      expect(next - toMilliseconds(now), now).toBeGreaterThan(0);
      expect(next - toMilliseconds(now), now).toBeLessThanOrEqual(25 * HOUR);
    }
  },
);

test("every day of the week is found, each within a week", () => {
  for (const day of weekdays)
    for (let hours = 0; hours < 24 * 8; hours += 5) {
      const now = fromMilliseconds(first + hours * HOUR);
      const next = toMilliseconds(nextTimeOfDay("12:00", [day], "Europe/Berlin", now));
      expect(shown(next, "Europe/Berlin").day, now).toBe(day);
      expect(next - toMilliseconds(now)).toBeLessThanOrEqual(7 * 24 * HOUR);
    }
});
