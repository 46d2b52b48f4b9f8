/** The problem of a too short or too long duration names both bounds in words. */
import { expect, test } from "vitest";
import { check } from "../../../lambdas/domain/documents/problem.ts";
import { DAY, duration, MINUTE } from "../../../lambdas/domain/documents/vocabulary.ts";

test.each<[number, number, string]>([
  [MINUTE, 365 * DAY, "between 1 minute and 365 days"],
  [1000, DAY, "between 1 second and 1 day"],
  [2000, 2 * MINUTE, "between 2 seconds and 2 minutes"],
  [0, 30_000, "between 0 seconds and 30 seconds"],
])("%i to %i", (least, most, between) => {
  expect(check(duration(least, most, "How long") as never, "P400D")).toEqual({
    problems: [{ path: "", code: "out-of-range", message: `"P400D" must be ${between}.` }],
  });
});
