import { expect, test } from "vitest";
import { progressLines } from "../../../insight/words/status-progress.ts";
import type { StatusProgressItem } from "../../../lambdas/domain/journey/status-work.ts";

const SINCE = "2026-01-05T10:00:00.000Z";
const items = (
  work: StatusProgressItem["work"],
  dones: readonly number[],
  complete: number,
  since = SINCE,
): StatusProgressItem[] => dones.map((done, part) => ({ work, since, done, complete: part < complete }));
const eight = [1, 2, 3, 4, 5, 6, 7, 8];

test.each([
  ["no work", [], "active", []],
  [
    "a stop that runs",
    items("stop", [500, 700], 1),
    "stopped",
    ["stop: began at %s: 1200 customers exited, 40 still inside; 1 of 8 parts are complete"],
  ],
  [
    "a complete stop",
    items("stop", eight, 8),
    "stopped",
    ["stop: began at %s: 36 customers exited, 40 still inside; complete"],
  ],
  [
    "a stop that still runs while the journey is active again",
    items("stop", [1], 0),
    "active",
    ["stop: began at %s: 1 customer exited; 0 of 8 parts are complete"],
  ],
  ["a complete stop of a journey that is active again", items("stop", eight, 8), "active", []],
  [
    "a release that runs",
    items("release", [9], 1),
    "active",
    ["release: began at %s: 9 customers went on; 1 of 8 parts are complete"],
  ],
  ["a complete release", items("release", eight, 8), "active", []],
  [
    "a stop that has begun again: the parts of the older one do not count",
    [...items("stop", [7], 0, "2026-01-06T10:00:00.000Z"), ...items("stop", eight, 8)],
    "stopped",
    ["stop: began at 2026-01-06T10:00:00.000Z: 7 customers exited, 40 still inside; 0 of 8 parts are complete"],
  ],
] as const)("%s", (_, progress, status, lines) => {
  const found = progressLines(progress, status, 40).map(({ work, text }) => `${work}: ${text}`);
  expect(found).toEqual(lines.map((line) => line.replace("%s", SINCE)));
});
