/** `trigger.rate`: how fast a run lets customers in. */
import { describe, expect, test } from "vitest";
import { considerPart } from "../../../lambdas/app/runs/consider-part.ts";
import { planRun } from "../../../lambdas/app/runs/plan-run.ts";
import { on } from "../../behaviour/scenario-of.ts";
import { everybody, letter, shop } from "./shop.ts";
import { asked, enrollmentsOf, seed, walkRun } from "./walk-run.ts";

describe("a rate", () => {
  test("lets in so many at a time; who comes later is judged then, and no exit waits for it", async () => {
    const world = await shop(letter({ rate: { max: 2, per: "PT1H" } }));
    seed(world, "c-6");
    const run = await walkRun(await asked("j", everybody, world, 1), world);
    expect(run?.result).toEqual({ considered: 6, entered: 5, refused: { unsubscribed: 1 } });
    expect(enrollmentsOf(world)).toEqual({
      "c-1": "completed",
      "c-2": "completed",
      "c-3": `completed ${on("01-05 11:00")}`,
      "c-4": `completed ${on("01-05 11:00")}`,
      "c-6": `completed ${on("01-05 12:00")}`,
    });
  });

  test("holds for all parts together", async () => {
    const world = await shop(letter({ rate: { max: 1, per: "P1D" } }));
    const ref = await asked("j", everybody, world);
    await planRun(ref, "x", world.ports);
    for (let part = 0; part < 3; part++) await considerPart({ ...ref, part }, world.ports);
    expect(world.entries.queue).toHaveLength(1);
  });
});
