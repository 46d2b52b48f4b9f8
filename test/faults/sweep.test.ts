/** The sweep of `npm run faults` over one small example; that command does all of them. */
import { expect, test } from "vitest";
import type { Call } from "../app/calls.ts";
import { type CallCounts, hasEffect, kindOf } from "../app/calls.ts";
import { sweep } from "./sweep.ts";

const only = (counts: CallCounts, is: (call: Call) => boolean): CallCounts =>
  Object.fromEntries(Object.entries(counts).filter(([call]) => is(call as Call)));

test("a fault at any one call of an example changes nothing about how it ends", { timeout: 60_000 }, async () => {
  const { disturbed, made, differing, unknown, points } = await sweep("win-back", ["crash-before", "crash-after"]);
  expect(differing).toEqual([]);
  expect(unknown).toBeLessThan(points / 10);

  // Every call that is made is disturbed, each time that it is made. A sweep that passes some over is seen here.
  expect(disturbed["crash-before"]).toEqual(made);
  expect(disturbed["crash-after"]).toEqual(only(made, hasEffect));
  const kinds = new Set(Object.keys(made).map((call) => kindOf(call as Call)));
  expect([...kinds].sort()).toEqual(["effect", "read", "write"]);
});
