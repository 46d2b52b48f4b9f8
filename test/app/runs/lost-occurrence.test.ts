/** An occurrence whose execution is lost while it plans the run: its customers still get their turn. */
import { describe, expect, test } from "vitest";
import { planRun } from "../../../lambdas/app/runs/plan-run.ts";
import { reconcileRuns } from "../../../lambdas/app/runs/reconcile-runs.ts";
import type { RunRef } from "../../../lambdas/domain/schedule/audience-run.ts";
import type { Occurrence } from "../../../lambdas/domain/schedule/occurrence.ts";
import { on } from "../../behaviour/scenario-of.ts";
import { Crash, CrashError, crashing } from "../crashes.ts";
import { START } from "../world.ts";
import { letter, shop } from "./shop.ts";
import { enrollmentsOf, walkRun } from "./walk-run.ts";

const due = { journeyId: "j", at: START };

/** The schedules of journeys, as EventBridge Scheduler has them. The occurrence of START has come. */
function scheduler(save = async () => {}) {
  const times = new Map<string, Occurrence>([["j", { at: START }]]);
  const schedules = {
    armed: async (journeyId: string) => times.get(journeyId),
    arm: async (journeyId: string, next: Occurrence | undefined) => {
      await save();
      if (next) times.set(journeyId, next);
      else times.delete(journeyId);
    },
  };
  return { times, schedules };
}

describe("an execution that is lost before or after any call of its plan", () => {
  test("leaves a run for the reconciler, or an occurrence to make up", async () => {
    const moments: string[] = [];
    for (const side of ["before", "after"] as const)
      for (let nth = 1; ; nth++) {
        const world = await shop();
        const { times, schedules } = scheduler();
        const crash = new Crash(nth, side);
        const lost = planRun(due, "execution-0", crashing({ ...world.ports, schedules }, crash));
        await lost.catch((error: unknown) => expect(error).toBeInstanceOf(CrashError));
        const at = `${nth} ${side} ${crash.at}`;
        await world.run("01-05 10:15");
        const ports = Object.assign(world.ports, { schedules });
        await reconcileRuns({
          ...ports,
          runExecutions: {
            isRunning: async () => false,
            restart: async (ref: RunRef) => void (await walkRun(ref, world)),
            begin: async () => expect.fail("nobody has asked for a run"),
            makeUp: async (journeyId, missed) => void (await walkRun({ journeyId, ...missed }, world)),
          },
        });
        await world.run("01-05 11:00");
        expect(Object.keys(enrollmentsOf(world)), at).toEqual(["c-1", "c-3"]);
        expect([...world.runs.records.values()], at).toMatchObject([{ state: "ended", startedAt: START }]);
        expect(times.get("j"), at).toEqual({ at: on("01-12 10:00") });
        if (crash.at === undefined) break;
        moments.push(at);
      }
    expect(moments.length).toBeGreaterThan(6);
  });
});

describe("a save while an occurrence is planned", () => {
  const noon = { schedule: { cron: "0 12 * * mon" } };

  test("keeps its own occurrence: the plan of the earlier version does not replace it", async () => {
    const world = await shop();
    const saves = [() => world.publish(letter(noon))];
    const { times, schedules } = scheduler(async () => void (await saves.pop()?.()));
    await planRun(due, "x", { ...world.ports, schedules });
    expect(times.get("j")).toEqual({ at: on("01-05 12:00") });
  });

  test("that pauses the journey begins no further occurrence", async () => {
    const world = await shop();
    const saves = [() => world.publish(letter({}, { status: "paused" }))];
    const { times, schedules } = scheduler(async () => void (await saves.pop()?.()));
    await planRun(due, "x", { ...world.ports, schedules });
    const next = times.get("j");
    expect(next && (await planRun({ journeyId: "j", ...next }, "y", world.ports))).toBeUndefined();
  });
});
