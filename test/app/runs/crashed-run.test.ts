/** A run that dies before or after any call ends as it would without the death. */
import { describe, expect, test } from "vitest";
import type { Aim } from "../../../lambdas/domain/schedule/audience-run.ts";
import { Crash } from "../crashes.ts";
import { entered, everybody, shop, summed } from "./shop.ts";
import { asked, enrollmentsOf, walkRun } from "./walk-run.ts";

describe("a crash before or after any call", () => {
  const lists: Aim = { kind: "customers", customerIds: ["c-5", "c-1", "c-2"] };
  const aims = {
    everybody: { aim: everybody, result: summed, entered },
    "a list": {
      aim: lists,
      result: { considered: 3, entered: 1, refused: { "audience-false": 1, unsubscribed: 1 } },
      entered: { "c-1": "completed" },
    },
  };

  test.each(Object.keys(aims) as (keyof typeof aims)[])("changes neither the result nor who enters: %s", async (of) => {
    let crashes = 0;
    for (const side of ["before", "after"] as const)
      for (let nth = 1; ; nth++) {
        const crash = new Crash(nth, side);
        const world = await shop(undefined, crash);
        const run = await walkRun(await asked("j", aims[of].aim, world, 1), world);
        await world.run("01-05 10:01");
        expect(run, `${nth} ${side} ${crash.at}`).toMatchObject({ state: "ended", result: aims[of].result });
        expect(enrollmentsOf(world), `${nth} ${side} ${crash.at}`).toEqual(aims[of].entered);
        expect(world.counted(), `${nth} ${side} ${crash.at}`).toEqual(world.recount());
        crashes++;
        if (crash.at === undefined) break;
      }
    expect(crashes).toBeGreaterThan(60);
  });
});
