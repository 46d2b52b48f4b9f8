/** The sweep of `npm run faults` over one small example; that command does all of them. */
import { expect, test } from "vitest";
import { sweep } from "./sweep.ts";

test("a fault at any one call of an example changes nothing about how it ends", { timeout: 60_000 }, async () => {
  const { points, differing, unknown } = await sweep("win-back", ["crash-before", "crash-after"]);
  expect(differing).toEqual([]);
  expect(points).toBeGreaterThan(200);
  expect(unknown).toBeLessThan(points / 10);
});
