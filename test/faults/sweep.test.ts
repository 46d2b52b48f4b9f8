/** The sweep over one small example; `npm run faults` sweeps all examples. */
import { expect, test } from "vitest";
import type { Call } from "../app/calls.ts";
import { type CallCounts, hasEffect, kindOf } from "../app/calls.ts";
import { sweep } from "./sweep.ts";

const only = (counts: CallCounts, is: (call: Call) => boolean): CallCounts =>
  Object.fromEntries(Object.entries(counts).filter(([call]) => is(call as Call)));

test("a fault at any single call of an example does not change its outcome", { timeout: 60_000 }, async () => {
  const { disturbed, made, differing, unknown, points } = await sweep("win-back", ["crash-before", "crash-after"]);
  expect(differing).toEqual([]);
  expect(unknown).toBeLessThan(points / 10);

  // The sweep must disturb every call, each time that it is made. This shows a sweep that skips some.
  expect(disturbed["crash-before"]).toEqual(made);
  expect(disturbed["crash-after"]).toEqual(only(made, hasEffect));
  const kinds = new Set(Object.keys(made).map((call) => kindOf(call as Call)));
  expect([...kinds].sort()).toEqual(["effect", "read", "write"]);
});
