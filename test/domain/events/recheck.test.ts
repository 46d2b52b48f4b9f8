/** From when on no function can have an old view any more. */
import { expect, it, test } from "vitest";
import { isNew, isYoung, RECHECK_SECONDS } from "../../../lambdas/domain/events/recheck.ts";
import { on } from "../../behaviour/scenario-of.ts";

const now = on("01-05 10:00");

it.each([
  ["59 s ago", on("01-05 09:59:01"), true],
  ["a minute ago", on("01-05 09:59"), false],
  ["by a clock that is ahead", on("01-05 10:03"), true],
])("an event of %s", (_, time, young) => expect(isYoung({ time }, now)).toBe(young));

it.each([
  ["less than twelve minutes ago", on("01-05 09:48:01"), true],
  ["twelve minutes ago", on("01-05 09:48"), false],
  ["at an unknown time", undefined, false],
])("a journey published %s", (_, publishedAt, fresh) => expect(isNew({ publishedAt }, now)).toBe(fresh));

test("an erasure is rechecked when no recent event can still be in process, and before the queue's alarm", () => {
  const [young, clocks, ahead, lifetime] = [60, 300, 300, 30];
  expect(RECHECK_SECONDS.erased).toBeGreaterThanOrEqual(ahead + young + clocks + lifetime);
  expect(RECHECK_SECONDS.erased).toBeLessThan(15 * 60);
});

test("an entry is rechecked when every function knows the journey, and no call with an old view is running", () => {
  const [view, lifetime] = [5, 30];
  expect(RECHECK_SECONDS.entered).toBeGreaterThan(view + lifetime);
});
