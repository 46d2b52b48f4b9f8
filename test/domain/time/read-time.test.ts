/** A field's value is read as a time in every form in which apps send one, and in no other form. */
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { readTime } from "../../../lambdas/domain/time/read-time.ts";
import { fromMilliseconds } from "../../../lambdas/domain/time/time.ts";

const read = (value: unknown, zone = "UTC", timeOfDay?: string) => {
  const moment = readTime(value, zone, timeOfDay);
  return moment === undefined ? undefined : fromMilliseconds(moment);
};

const LAST = "9999-12-31T23:59:59.999Z";

describe("a value that is a time", () => {
  test.each<[unknown, string, string]>([
    ["2026-06-30T10:00:00Z", "Asia/Tokyo", "2026-06-30T10:00:00.000Z"],
    ["2026-06-30t10:00:00z", "UTC", "2026-06-30T10:00:00.000Z"],
    ["2026-06-30T10:00:00.5+02:00", "UTC", "2026-06-30T08:00:00.500Z"],
    ["2026-06-30", "UTC", "2026-06-30T00:00:00.000Z"],
    ["2026-06-30", "Europe/Berlin", "2026-06-29T22:00:00.000Z"],
    ["2026-06-30", "America/Los_Angeles", "2026-06-30T07:00:00.000Z"],
    ["2024-02-29", "Asia/Kolkata", "2024-02-28T18:30:00.000Z"],
    [1_782_813_600, "Asia/Tokyo", "2026-06-30T10:00:00.000Z"],
    [1_782_813_600.25, "UTC", "2026-06-30T10:00:00.250Z"],
    [1_782_813_600_000, "Asia/Tokyo", "2026-06-30T10:00:00.000Z"],
    [1_000_000_000, "UTC", "2001-09-09T01:46:40.000Z"],
    [9_999_999_999, "UTC", "2286-11-20T17:46:39.000Z"],
    [1_000_000_000_000, "UTC", "2001-09-09T01:46:40.000Z"],
    ["9999-12-31T23:59:59-05:00", "UTC", LAST],
    ["9999-12-31T23:59:59.9999999Z", "UTC", LAST],
    ["9999-12-31", "America/Los_Angeles", LAST.replace("23:59:59.999", "08:00:00.000")],
    ["+275760-09-13T00:00:00.000Z", "UTC", LAST],
    ["10000-01-01", "UTC", LAST],
    ["+292278994-08-17T07:12:55.807Z", "UTC", LAST],
    ["0001-01-01", "Europe/Berlin", "0001-01-01T00:00:00.000Z"],
    ["0001-01-01T00:00:00Z", "UTC", "0001-01-01T00:00:00.000Z"],
  ])("%j in %s is %s", (value, zone, moment) => expect(read(value, zone)).toBe(moment));

  test("a date can mean another time of day than midnight", () =>
    expect(read("2026-06-30", "Europe/Berlin", "09:30")).toBe("2026-06-30T07:30:00.000Z"));

  test("a time of day changes nothing for a value that has its own", () =>
    expect(read("2026-06-30T10:00:00Z", "Europe/Berlin", "09:30")).toBe("2026-06-30T10:00:00.000Z"));
});

describe("a value that is no time", () => {
  test.each([
    "",
    "soon",
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-6-30",
    "30.06.2026",
    "06/30/2026",
    "2026-06-30T10:00:00",
    "2026-06-30T10:00Z",
    "2026-06-30 10:00:00Z",
    "1782813600",
    "never",
    0,
    -1_782_813_600,
    999_999_999,
    10_000_000_000,
    999_999_999_999,
    10_000_000_000_000,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    null,
    undefined,
    {},
    ["2026-06-30"],
  ])("%j", (value) => expect(readTime(value, "Europe/Berlin")).toBeUndefined());
});

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Santiago",
  "America/St_Johns",
  "Asia/Kolkata",
  "Asia/Beirut",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];

test("a date and time of day mean in every zone what Temporal says they mean", () => {
  const day = fc.date({ min: new Date("1950-01-01"), max: new Date("2045-12-31"), noInvalidDate: true });
  const nearClockChange = fc.constantFrom(
    "2026-03-29",
    "2026-10-25",
    "2026-03-08",
    "2026-11-01",
    "2011-12-30",
    "2025-09-07",
  );
  const date = fc.oneof(
    day.map((at) => at.toISOString().slice(0, 10)),
    nearClockChange,
  );
  const time = fc
    .tuple(fc.nat(23), fc.constantFrom("00", "15", "30", "45", "59"))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
  fc.assert(
    fc.property(date, time, fc.constantFrom(...zones), (date, time, zone) => {
      const expected = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time });
      expect(readTime(date, zone, time)).toBe(expected.epochMilliseconds);
    }),
    { numRuns: 2000 },
  );
});
