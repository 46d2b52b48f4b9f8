/** Compares the next time of day in a zone with the clocks of that zone, over every hour of a year. */
import { expect, test } from "vitest";
import { nextClockTime, nextTimeOfDay, weekdays } from "../../../lambdas/domain/time/next-time-of-day.ts";
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

test.each([
  ["before the first time", "2026-10-24T23:59:00.000Z", "2026-10-25T00:30:00.000Z"],
  ["at the first time: the second", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
  ["between the two times", "2026-10-25T01:10:00.000Z", "2026-10-25T01:30:00.000Z"],
  ["at the second time: the next day", "2026-10-25T01:30:00.000Z", "2026-10-26T01:30:00.000Z"],
  ["a time that clocks skip moves by the gap", "2026-03-29T00:00:00.000Z", "2026-03-29T01:30:00.000Z"],
])("clocks in Berlin show 02:30 twice on 25 October: %s", (_, now, expected) =>
  expect(nextClockTime("02:30", "Europe/Berlin", now)).toBe(expected),
);

test("a wait until a time that occurs twice means its first occurrence", () =>
  expect(nextTimeOfDay("02:30", undefined, "Europe/Berlin", "2026-10-25T00:30:00.000Z")).toBe(
    "2026-10-26T01:30:00.000Z",
  ));

test("at the last moment of the year 9999 the search ends", () => {
  const last = "9999-12-31T23:59:59.999Z";
  expect(nextTimeOfDay("09:00", undefined, "Europe/Berlin", last)).toBe(last);
  expect(nextClockTime("09:00", "America/New_York", last)).toBe(last);
});
