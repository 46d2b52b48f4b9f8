/** The counters of a run are shared by all its customers, so a transaction may meet another one: then nothing is stored. */
import { expect, test } from "vitest";
import { ConflictError } from "../../../lambdas/app/errors.ts";
import type { Change } from "../../../lambdas/app/store.ts";
import { everybody, shop, summed } from "./shop.ts";
import { asked, walkRun } from "./walk-run.ts";

test.each([
  ["everybody", everybody, summed],
  [
    "a list",
    { kind: "customers", customerIds: ["c-1", "c-2", "c-5"] },
    { considered: 3, entered: 1, refused: { "audience-false": 1, unsubscribed: 1 } },
  ],
] as const)(
  "a run of %s whose first writes meet other transactions decides about each customer",
  async (_, aim, result) => {
    const world = await shop();
    const { commit } = world.store;
    const met = new Set<string>();
    world.store.commit = async (changes: readonly Change[]) => {
      const considered = changes.find(({ kind }) => kind === "considered");
      if (considered?.kind === "considered" && !met.has(considered.entry.customerId)) {
        met.add(considered.entry.customerId);
        throw new ConflictError("TransactionConflict");
      }
      return commit.call(world.store, changes);
    };
    const run = await walkRun(await asked("j", aim, world), world);
    expect(run).toMatchObject({ state: "ended", result, undecided: 0 });
    expect(met.size).toBe(aim.kind === "all" ? 2 : 3);
  },
);
