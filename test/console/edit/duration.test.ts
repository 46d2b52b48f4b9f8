/** Durations as a person types them. */
import { describe, expect, test } from "vitest";
import { durationFrom, durationWords } from "../../../console/edit/forms/duration.ts";

test.each([
  ["2 days", "P2D"],
  ["1 day", "P1D"],
  ["2d", "P2D"],
  ["1 hour 30 minutes", "PT1H30M"],
  ["1 hour and 30 minutes", "PT1H30M"],
  ["90 min", "PT90M"],
  ["1 week, 2 days", "P1W2D"],
  ["3 hours 1 day", "P1DT3H"],
  ["P2D", "P2D"],
  ["pt1h", "PT1H"],
  ["-3 days", "-P3D"],
  ["3 days before", "-P3D"],
  ["3 days after", "P3D"],
])("%j is %s", (text, duration) => expect(durationFrom(text)).toBe(duration));

test.each(["", "soon", "2", "2 moons", "2 days tomorrow", "1 day 2 days", "1 month", "days"])(
  "%j is no duration",
  (text) => expect(durationFrom(text)).toBeUndefined(),
);

describe("what is stored is shown in words, and the words say the same", () => {
  test.each([
    ["P2D", "2 days"],
    ["P1DT2H", "1 day 2 hours"],
    ["-P3D", "3 days before"],
    ["PT90M", "90 minutes"],
  ])("%s: %s", (duration, words) => {
    expect(durationWords(duration)).toBe(words);
    expect(durationFrom(words)).toBe(duration);
  });

  test("a text that is no duration stays as its author wrote it", () => expect(durationWords("soon")).toBe("soon"));
});
