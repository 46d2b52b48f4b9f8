/** Moments and durations in canonical form, and the time scales of test stacks. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toReal, toVirtual } from "../../../lambdas/domain/time/scaled-time.ts";
import {
  durationMilliseconds,
  fromMilliseconds,
  isDuration,
  justBefore,
  later,
  minus,
  plus,
  toMilliseconds,
  toMoment,
  toTime,
} from "../../../lambdas/domain/time/time.ts";
import { isTimezone } from "../../../lambdas/domain/time/time-zone.ts";

describe("an RFC 3339 text becomes canonical", () => {
  test.each([
    ["2026-01-05T10:00:00Z", "2026-01-05T10:00:00.000Z"],
    ["2026-01-05T10:00:00.1Z", "2026-01-05T10:00:00.100Z"],
    ["2026-01-05T10:00:00.123456Z", "2026-01-05T10:00:00.123Z"],
    ["2026-01-05T10:00:00+02:00", "2026-01-05T08:00:00.000Z"],
    ["2026-01-05T00:30:00+01:00", "2026-01-04T23:30:00.000Z"],
    ["2026-01-05T10:00:00-05:30", "2026-01-05T15:30:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["2026-01-05t10:00:00z", "2026-01-05T10:00:00.000Z"],
    ["9999-12-31T23:59:59-05:00", "9999-12-31T23:59:59.999Z"],
    ["0000-01-01T00:00:00+05:00", "0000-01-01T00:00:00.000Z"],
  ])("%s", (text, canonical) => expect(toTime(text)).toBe(canonical));
});

describe("any other value is no time", () => {
  test.each([
    "2026-01-05",
    "2026-01-05T10:00Z",
    "2026-01-05T10:00:00",
    "2026-01-05 10:00:00Z",
    "2026-02-30T10:00:00Z",
    "2025-02-29T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-01-00T10:00:00Z",
    "2026-01-05T25:00:00Z",
    "2026-01-05T10:61:00Z",
    " 2026-01-05T10:00:00Z",
    "2026-01-05T10:00:00Zz",
    "tomorrow",
    "",
    1767607200000,
    null,
    undefined,
    {},
  ])("%j", (value) => expect(toTime(value)).toBeUndefined());
});

describe("durations", () => {
  const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
  test.each([
    ["PT1S", second],
    ["PT1.5S", 1500],
    ["PT0.001S", 1],
    ["PT15M", 15 * minute],
    ["PT2H", 2 * hour],
    ["P1D", day],
    ["P2W", 14 * day],
    ["P1W2DT3H4M5S", 9 * day + 3 * hour + 4 * minute + 5 * second],
    ["P1DT2H", day + 2 * hour],
    ["-P3D", -3 * day],
    ["+P3D", 3 * day],
    ["P0D", 0],
  ])("%s", (text, milliseconds) => {
    expect(isDuration(text)).toBe(true);
    expect(durationMilliseconds(text)).toBe(milliseconds);
  });

  test.each([
    "P",
    "PT",
    "P1",
    "1D",
    "P1Y",
    "P1M",
    "PT1D",
    "P1H",
    "PT1.5M",
    "PT1.0000S",
    "p1d",
    "P-1D",
    "P1D2W",
    " P1D",
    "P1D ",
    "",
  ])("%j is none", (text) => expect(isDuration(text)).toBe(false));
});

describe("moments apart", () => {
  const now = "2026-01-05T10:00:00.000Z";
  test.each([
    ["plus a day", plus(now, "P1D"), "2026-01-06T10:00:00.000Z"],
    ["plus a signed one", plus(now, "-P1D"), "2026-01-04T10:00:00.000Z"],
    ["minus a day", minus(now, "P1D"), "2026-01-04T10:00:00.000Z"],
    ["minus a positive sign", minus(now, "+P1D"), "2026-01-04T10:00:00.000Z"],
    ["minus a negative one", minus(now, "-P1D"), "2026-01-06T10:00:00.000Z"],
    ["just before", justBefore(now), "2026-01-05T09:59:59.999Z"],
    ["no further than text sorts", plus("9999-12-31T00:00:00.000Z", "P2D"), "9999-12-31T23:59:59.999Z"],
    [
      "a time past the year 9999 in stored data",
      plus("+010000-01-01T00:00:00.000Z", "P2D"),
      "9999-12-31T23:59:59.999Z",
    ],
    ["milliseconds and back", fromMilliseconds(toMilliseconds(now)), now],
    ["the later of two", later(now, "2026-01-05T10:00:00.001Z"), "2026-01-05T10:00:00.001Z"],
    ["the later of two, turned", later("2026-01-05T10:00:00.001Z", now), "2026-01-05T10:00:00.001Z"],
  ])("%s", (_, found, expected) => expect(found).toBe(expected));
});

describe("time zones", () => {
  test.each(["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Asia/Kolkata"])("%s", (name) =>
    expect(isTimezone(name)).toBe(true),
  );
  test.each(["Berlin", "+02:00", "", "Europe/Nowhere", "CEST2", " UTC"])("%j is none", (name) =>
    expect(isTimezone(name)).toBe(false),
  );
  test("a second call gives the same answer", () => {
    expect([
      isTimezone("Europe/Paris"),
      isTimezone("Europe/Paris"),
      isTimezone("No/Where"),
      isTimezone("No/Where"),
    ]).toEqual([true, true, false, false]);
  });
});

describe("a scale", () => {
  const scale = { factor: 1440, real: "2026-01-05T10:00:00.000Z", virtual: "2026-02-01T00:00:00.000Z" };
  test("none: time is time", () => {
    expect(toVirtual("2026-01-05T10:00:00.000Z", undefined)).toBe("2026-01-05T10:00:00.000Z");
    expect(toReal("2026-01-05T10:00:00.000Z", undefined)).toBe("2026-01-05T10:00:00.000Z");
  });

  test.each([
    ["2026-01-05T10:00:00.000Z", "2026-02-01T00:00:00.000Z"],
    ["2026-01-05T10:01:00.000Z", "2026-02-02T00:00:00.000Z"],
    ["2026-01-05T09:59:00.000Z", "2026-01-31T00:00:00.000Z"],
  ])("%s is %s", (real, virtual) => {
    expect(toVirtual(real, scale)).toBe(virtual);
    expect(toReal(virtual, scale)).toBe(real);
  });

  test("a virtual moment between two real milliseconds never ends early", () => {
    const virtual = "2026-02-01T00:00:00.001Z";
    expect(toReal(virtual, scale)).toBe("2026-01-05T10:00:00.001Z");
    expect(toVirtual(toReal(virtual, scale), scale) >= virtual).toBe(true);
  });
});

test("a moment is read like `Date.parse`, in every spelling", () => {
  const written = fc.record({
    at: fc.date({ min: new Date("1000-01-01T00:00:00Z"), max: new Date("9998-12-31T00:00:00Z"), noInvalidDate: true }),
    decimals: fc.integer({ min: 0, max: 5 }),
    zone: fc.constantFrom("Z", "+00:00", "+02:00", "-09:30", "+24:00", "z", ""),
  });
  fc.assert(
    fc.property(written, ({ at, decimals, zone }) => {
      const text = `${at.toISOString().slice(0, 19)}${decimals === 0 ? "" : `.${"12345".slice(0, decimals)}`}${zone}`;
      const parsed = zone === "" ? Number.NaN : Date.parse(text);
      expect(toMoment(text)).toBe(Number.isNaN(parsed) ? undefined : parsed);
    }),
    { numRuns: 500 },
  );
});
