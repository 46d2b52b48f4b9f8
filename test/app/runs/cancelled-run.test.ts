/** A run that a person cancels, at each moment: what it counts is what it did, and nobody enters afterwards. */
import { expect, test } from "vitest";
import type { Aim } from "../../../lambdas/domain/schedule/audience-run.ts";
import { everybody, shop, summed } from "./shop.ts";
import { asked, enrollmentsOf, walkRun } from "./walk-run.ts";

const list: Aim = { kind: "customers", customerIds: ["c-5", "c-1", "c-2", "c-3"] };

test.each<[string, Aim]>([
  ["everybody", everybody],
  ["a list", list],
])("of %s", async (_, aim) => {
  const enteredBy: number[] = [];
  for (let moment = 1; ; moment++) {
    const world = await shop();
    const ref = await asked("j", aim, world, 2);
    let [moments, enteredBefore] = [0, Number.NaN];
    const inside = () => Object.keys(enrollmentsOf(world)).length;
    const run = await walkRun(ref, world, {
      between: async () => {
        if (++moments !== moment) return;
        enteredBefore = inside();
        await world.runs.cancel(ref, world.clock.now());
      },
    });
    const { considered = 0, entered = 0, refused = {} } = run?.result ?? {};
    const refusals = Object.values(refused).reduce((sum, count) => sum + count, 0);
    expect(run, `${moment}`).toMatchObject({ state: "ended", undecided: 0 });
    expect(considered, `${moment}`).toBe(entered + refusals);
    expect(inside(), `${moment}`).toBe(entered);
    // Nobody knows how many customers the rest of a table has.
    if (aim.kind === "customers") expect(considered, `${moment}`).toBe(aim.customerIds.length);
    if (run?.cancelledAt === undefined) {
      if (aim.kind === "all") expect(run?.result).toEqual(summed);
      break;
    }
    expect(entered, `${moment}`).toBe(enteredBefore);
    enteredBy.push(entered);
  }
  // The first moment is before everybody, the last one after.
  expect(new Set(enteredBy)).toEqual(new Set([0, 1, 2]));
});
