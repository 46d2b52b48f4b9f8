/** The sweep over one small example, at the first and the last call of each kind; `npm run faults` sweeps everything. */
import { expect, test } from "vitest";
import type { Call } from "../../app/calls.ts";
import { type CallCounts, hasEffect, kindOf } from "../../app/calls.ts";
import { ofASample, whole } from "../../sample.ts";
import { sweep } from "../sweep.ts";

const only = (counts: CallCounts, is: (call: Call) => boolean): CallCounts =>
  Object.fromEntries(Object.entries(counts).filter(([call]) => is(call as Call)));

test("a fault at any single call of an example does not change its outcome", ofASample, async () => {
  const { disturbed, made, differing, unknown, points } = await sweep(
    "win-back",
    ["crash-before", "crash-after"],
    whole ? "every" : "edges",
  );
  expect(differing).toEqual([]);
  expect(unknown).toBeLessThan(points / 10);

  // The whole sweep must disturb every call, each time that it is made, and a part each kind. This shows one that skips some.
  const seen = (counts: CallCounts = {}) => (whole ? counts : Object.keys(counts).sort());
  expect(seen(disturbed["crash-before"])).toEqual(seen(made));
  expect(seen(disturbed["crash-after"])).toEqual(seen(only(made, hasEffect)));
  const kinds = new Set(Object.keys(made).map((call) => kindOf(call as Call)));
  expect([...kinds].sort()).toEqual(["effect", "read", "write"]);
});
