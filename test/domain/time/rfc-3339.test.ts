/** Times are read like `Date.parse`, but with a strict form and only with days that exist. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { readRfc3339 } from "../../../lambdas/domain/time/rfc-3339.ts";

const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

function slowly(text: string): number {
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  return FORM.test(text) && exists ? Date.parse(text.toUpperCase()) : Number.NaN;
}

const digits = (most: number, length = 2) =>
  fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(length, "0"));
const zone = fc.oneof(
  fc.constantFrom("Z", "z", "+00:00", "-00:00", "+23:59", "-24:00", "+10:60"),
  fc.tuple(digits(25), digits(61)).map((pair) => `+${pair.join(":")}`),
);
const fraction = fc.oneof(fc.constant(""), fc.stringMatching(/^\.\d{1,9}$/));
const written = fc
  .tuple(digits(9999, 4), digits(13), digits(32), digits(25), digits(60), digits(60), fraction, zone)
  .map(
    ([year, month, day, hour, minute, second, fraction, zone]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`,
  );

/** A text with one character changed or removed. */
const mistyped = fc
  .tuple(written, fc.nat(30), fc.constantFrom("", "0", "9", "z", "t", " ", "+", "-", ".", ":", "٣", "\n", "Z"))
  .map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + 1));

test("every text of this form, and texts close to it", () => {
  fc.assert(
    fc.property(fc.oneof(written, mistyped, fc.string()), (text) => {
      expect(readRfc3339(text)).toBe(slowly(text));
    }),
    { numRuns: 5000 },
  );
});

test("every day from year 0 to 9999, and days that do not exist", () => {
  for (let year = 0; year <= 9999; year += year % 100 > 3 && year % 100 < 96 ? 7 : 1)
    for (const month of [1, 2, 3, 4, 12])
      for (const day of [0, 1, 28, 29, 30, 31, 32]) {
        const [y, m, d] = [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")];
        const text = `${y}-${m}-${d}T12:34:56.789Z`;
        if (!Object.is(readRfc3339(text), slowly(text))) expect(text).toBe("read alike");
      }
});

test.each([
  ["2026-01-05T24:00:00Z", "the next midnight"],
  ["2026-01-05T24:00:00+02:00", "the next midnight elsewhere"],
  ["2026-01-05t24:00:00z", "the next midnight in small letters"],
  ["2026-01-05t10:00:00+02:00", "a small t"],
  ["2026-01-05T10:00:00z", "a small z"],
  ["2026-01-05T24:00:01Z", "a second after it"],
  ["2026-01-05T23:59:60Z", "a leap second"],
  ["0000-02-29T00:00:00Z", "a leap day of year 0"],
  ["1900-02-29T00:00:00Z", "no leap day in a century"],
  ["2000-02-29T00:00:00Z", "a leap day in every fourth"],
  ["9999-12-31T23:59:59.9999-23:59", "beyond the last year"],
])("%s, %s", (text) => expect(readRfc3339(text)).toBe(slowly(text)));

test("of ten decimals and more the first three count, where `Date.parse` of Node 24 finds 9 ms", () =>
  expect(readRfc3339("2026-01-05T10:00:00.0009000000Z")).toBe(Date.parse("2026-01-05T10:00:00.000Z")));
