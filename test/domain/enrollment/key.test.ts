/** Which values are keys, and when two keys are equal. */
import { describe, expect, test } from "vitest";
import { type EnrollmentKey, isSameKey, keyOf } from "../../../lambdas/domain/enrollment/key.ts";

const unusable = { unusableKey: true } as const;

test.each([
  ["no path", undefined, { a: 1 }, {}],
  ["no event", "event.a", undefined, {}],
  ["a text", "event.a", { a: "k" }, { key: "k" }],
  ["a number", "event.a", { a: 0 }, { key: 0 }],
  ["a number that no database key can hold", "event.a", { a: 1e126 }, unusable],
  ["a boolean", "event.a", { a: false }, { key: false }],
  ["a nested value", "event.a.b", { a: { b: "k" } }, { key: "k" }],
  ["a missing value", "event.b", { a: "k" }, {}],
  ["null", "event.a", { a: null }, {}],
  ["an object cannot be used", "event.a", { a: {} }, unusable],
  ["a list cannot be used", "event.a", { a: ["k"] }, unusable],
  ["a text of 256 bytes", "event.a", { a: "x".repeat(256) }, { key: "x".repeat(256) }],
  ["a text of 257 bytes cannot be used", "event.a", { a: "x".repeat(257) }, unusable],
  ["128 letters of two bytes", "event.a", { a: "é".repeat(128) }, { key: "é".repeat(128) }],
  ["129 letters of two bytes cannot be used", "event.a", { a: "é".repeat(129) }, unusable],
  ["65 emojis of four bytes cannot be used", "event.a", { a: "🛒".repeat(65) }, unusable],
])("%s", (_, path, event, expected) => expect(keyOf(path, event)).toEqual(expected));

describe("isSameKey", () => {
  test.each<[string, EnrollmentKey, EnrollmentKey, boolean]>([
    ["equal texts", { key: "k" }, { key: "k" }, true],
    ["other texts", { key: "k" }, { key: "l" }, false],
    ["a number and its text", { key: 1 }, { key: "1" }, false],
    ["no value on either side", {}, {}, true],
    ["no value and a key", {}, { key: "k" }, false],
    ["no value and a value that cannot be used", {}, unusable, false],
    ["two values that cannot be used", unusable, unusable, false],
  ])("%s", (_, a, b, expected) => expect([isSameKey(a, b), isSameKey(b, a)]).toEqual([expected, expected]));
});
