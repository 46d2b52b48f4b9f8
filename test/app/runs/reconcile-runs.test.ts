/** The reconciler and audience runs: schedules that differ from the live journeys, and runs whose execution was lost. */
import { describe, expect, test } from "vitest";
import { planRun } from "../../../lambdas/app/runs/plan-run.ts";
import { type RunExecutions, reconcileRuns } from "../../../lambdas/app/runs/reconcile-runs.ts";
import type { RunRef } from "../../../lambdas/domain/schedule/audience-run.ts";
import { nextOccurrence, type Occurrence } from "../../../lambdas/domain/schedule/occurrence.ts";
import { minus, plus, type Time } from "../../../lambdas/domain/time/time.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { good, START, World } from "../world.ts";
import { components, everybody, letter } from "./shop.ts";
import { asked } from "./walk-run.ts";

/** START is 10:00 on a Monday, when the letter has its occurrence. */
const weekly = { schedule: { cron: "0 10 * * mon" } };
const next = on("01-12 10:00");

class Schedules {
  readonly times = new Map<string, Occurrence>();
  readonly calls: string[] = [];
  failing = new Set<string>();

  async armed(journeyId: string) {
    if (this.failing.has(journeyId)) throw new Error(`no answer about ${journeyId}`);
    return this.times.get(journeyId);
  }

  async arm(journeyId: string, occurrence: Occurrence | undefined) {
    this.calls.push(`${journeyId} ${occurrence?.at ?? "none"}`);
    if (occurrence) this.times.set(journeyId, occurrence);
    else this.times.delete(journeyId);
  }
}

class Executions implements RunExecutions {
  readonly running = new Set<string>();
  readonly restarted: string[] = [];

  async isRunning(execution: string) {
    return this.running.has(execution);
  }

  async restart({ runId }: RunRef, lost: string, when: string) {
    this.restarted.push(`${runId} after ${lost} at ${when}`);
  }

  async begin({ runId }: RunRef, when: string) {
    this.restarted.push(`${runId} at ${when}`);
  }

  async makeUp(journeyId: string, { at }: Occurrence, when: string) {
    this.restarted.push(`${journeyId} of ${at} at ${when}`);
  }
}

async function worldWith(...documents: readonly ReturnType<typeof journey>[]) {
  const world = new World();
  for (const document of documents) await world.adopt(good(document));
  const [schedules, runExecutions] = [new Schedules(), new Executions()];
  const { clock, runs } = world.ports;
  const reconciled = () => reconcileRuns({ clock, runs, journeys: world.journeys, schedules, runExecutions });
  return { world, schedules, runExecutions, reconciled };
}

describe("a schedule", () => {
  test.each<[string, Time | undefined, "armed again" | "left alone"]>([
    ["that is as it should be", next, "left alone"],
    ["that is missing", undefined, "armed again"],
    ["of a later time", on("01-19 10:00"), "armed again"],
    ["of another time before the next occurrence", on("01-08 10:00"), "armed again"],
    ["that Scheduler may be starting at this moment", START, "left alone"],
    ["whose time was 14 minutes ago", minus(START, "PT14M"), "left alone"],
  ])("%s is %s", async (_, at, becomes) => {
    const { schedules, reconciled } = await worldWith(letter(weekly));
    if (at !== undefined) schedules.times.set("j", { at });
    const isArmed = becomes === "armed again";
    expect(await reconciled()).toEqual({ schedulesArmed: isArmed ? 1 : 0, runsRestarted: 0 });
    expect(schedules.calls).toEqual(isArmed ? [`j ${next}`] : []);
    if (isArmed) expect(await reconciled()).toEqual({ schedulesArmed: 0, runsRestarted: 0 });
  });

  /** Monday 10:00 has an occurrence each week, or each day. */
  const daily = { schedule: { cron: "0 10 * * *" } };
  test.each<[string, typeof weekly, Time, Time, string]>([
    ["of 15 minutes ago", weekly, START, on("01-05 10:15"), `begins the run of ${START}`],
    ["of 14 minutes ago", weekly, START, on("01-05 10:14"), "does nothing"],
    ["of a day ago", weekly, START, on("01-06 10:00"), `begins the run of ${START}`],
    ["of more than a day ago", weekly, START, on("01-06 10:01"), "arms the next"],
    ["of two that were missed", daily, START, on("01-06 10:01"), `begins the run of ${on("01-06 10:00")}`],
    ["of many that were missed", daily, START, on("01-15 09:00"), `begins the run of ${on("01-14 10:00")}`],
    ["that an edit has removed", daily, on("01-05 10:30"), on("01-05 10:50"), "arms the next"],
  ])(
    "that still names an occurrence %s: the reconciler makes it up, once an hour",
    async (_, trigger, at, now, does) => {
      const { world, schedules, runExecutions, reconciled } = await worldWith(letter(trigger));
      schedules.times.set("j", { at });
      await world.run(now.slice(5, 16).replace("T", " "));
      const counts = await reconciled();
      const run = /run of (.*)/.exec(does)?.[1];
      expect(runExecutions.restarted).toEqual(run ? [`j of ${run} at ${now.slice(0, 13)}`] : []);
      expect(schedules.calls).toHaveLength(does === "arms the next" ? 1 : 0);
      expect(counts).toEqual({ schedulesArmed: does === "arms the next" ? 1 : 0, runsRestarted: run ? 1 : 0 });
    },
  );

  test.each(["paused", "held", "stopped"])("of the past is taken back if the journey is %s", async (status) => {
    const { world, schedules, runExecutions, reconciled } = await worldWith(letter(weekly, { status }));
    schedules.times.set("j", { at: START });
    await world.run("01-05 10:30");
    await reconciled();
    expect([[...schedules.times], runExecutions.restarted]).toEqual([[], []]);
  });

  test.each(["paused", "held", "stopped"])("of a journey that is %s is taken back", async (status) => {
    const { schedules, reconciled } = await worldWith(letter(weekly, { status }));
    expect((await reconciled()).schedulesArmed).toBe(0);
    schedules.times.set("j", { at: next });
    expect((await reconciled()).schedulesArmed).toBe(1);
    expect([...schedules.times]).toEqual([]);
  });

  test("of a save that is newer than the reconciler's view of the journeys is left alone", async () => {
    const { world, schedules, runExecutions } = await worldWith(letter(weekly));
    const catalog = await world.journeys.catalog();
    await world.publish(letter({ schedule: { cron: "0 12 * * mon" } }));
    schedules.times.set("j", { at: on("01-05 12:00") });
    const { clock, runs } = world.ports;
    const journeys = Object.assign(Object.create(world.journeys), { catalog: async () => catalog });
    const ports = { clock, runs, journeys, schedules, runExecutions };
    expect(await reconcileRuns(ports)).toEqual({ schedulesArmed: 0, runsRestarted: 0 });
    schedules.times.delete("j");
    expect(await reconcileRuns(ports)).toEqual({ schedulesArmed: 1, runsRestarted: 0 });
    expect(schedules.calls).toEqual([`j ${on("01-05 12:00")}`]);
  });

  test("of a date trigger has the local day of its next run", async () => {
    const date = journey({
      trigger: { date: { field: "customer.birthday", time: "09:00", repeat: "yearly" } },
      components,
    });
    const { schedules, reconciled } = await worldWith(date);
    expect((await reconciled()).schedulesArmed).toBe(1);
    expect(schedules.times.get("j")).toEqual(nextOccurrence(good(date), START));
    expect(schedules.times.get("j")?.local).toBeDefined();
  });

  test("is asked for only of journeys with a schedule or date", async () => {
    const { schedules, reconciled } = await worldWith(journey({ trigger: { event: "order" }, components }));
    schedules.failing.add("j");
    expect(await reconciled()).toEqual({ schedulesArmed: 0, runsRestarted: 0 });
  });

  test("that cannot be read stops the run only after all others are put right", async () => {
    const { schedules, reconciled, runExecutions, world } = await worldWith(
      letter(weekly),
      letter(weekly, { id: "k" }),
    );
    schedules.failing.add("j");
    await world.runs.begin(await underWay(world, "x-1"));
    await expect(reconciled()).rejects.toThrow("no answer about j");
    expect(schedules.calls).toEqual([`k ${next}`]);
    expect(runExecutions.restarted).toHaveLength(1);
  });
});

describe("a run under way", () => {
  test("is started again when its execution was lost, and again an hour later if it still has no other", async () => {
    const { world, runExecutions, reconciled } = await worldWith(letter(weekly));
    const run = await underWay(world, "x-1");
    await world.runs.begin(run);
    expect(await reconciled()).toEqual({ schedulesArmed: 1, runsRestarted: 1 });
    await reconciled();
    await world.run("01-05 11:00");
    await reconciled();
    const again = (hour: string) => `${run.runId} after x-1 at ${hour}`;
    expect(runExecutions.restarted).toEqual(["2026-01-05T10", "2026-01-05T10", "2026-01-05T11"].map(again));
  });

  test.each(["runs", "has ended", "has not begun"] as const)("is left alone when it %s", async (state) => {
    const { world, runExecutions, reconciled } = await worldWith(letter(weekly));
    const run = await underWay(world, "x-1");
    if (state !== "has not begun") await world.runs.begin(run);
    if (state === "runs") runExecutions.running.add("x-1");
    const result = { considered: 0, entered: 0, refused: {} };
    if (state === "has ended") await world.runs.end(run, plus(START, "PT1M"), { result, waiting: 0, partsDone: 1 });
    expect((await reconciled()).runsRestarted).toBe(0);
    expect(runExecutions.restarted).toEqual([]);
  });
});

describe("a run that a person has asked for", () => {
  /** The run begins 15 minutes to a day after it was asked for, and once in an hour. */
  test.each<[string, Time, readonly string[]]>([
    ["14 minutes ago is left alone", on("01-05 10:14"), []],
    ["15 minutes ago gets another execution", on("01-05 10:15"), ["j-1 at 2026-01-05T10"]],
    ["a day ago gets another execution", on("01-06 10:00"), ["j-1 at 2026-01-06T10"]],
    ["more than a day ago is left alone", on("01-06 10:01"), []],
  ])("%s", async (_, now, restarted) => {
    const { world, runExecutions, reconciled } = await worldWith(journey({ trigger: { event: "order" }, components }));
    await asked("j", everybody, world);
    await world.run(now.slice(5, 16).replace("T", " "));
    expect((await reconciled()).runsRestarted).toBe(restarted.length);
    expect(runExecutions.restarted).toEqual(restarted);
  });

  test("is left alone when it has begun", async () => {
    const { world, runExecutions, reconciled } = await worldWith(journey({ trigger: { event: "order" }, components }));
    const run = await underWay(world, "x-1");
    await world.runs.begin(run);
    runExecutions.running.add("x-1");
    await world.run("01-05 11:00");
    expect((await reconciled()).runsRestarted).toBe(0);
  });
});

describe("an execution that only begins a run", () => {
  const planned = (world: World, execution: string, ref: RunRef) =>
    planRun({ ...ref, asked: true }, execution, world.ports);

  test("begins it, also when its task is repeated", async () => {
    const { world } = await worldWith(letter());
    const ref = await asked("j", everybody, world);
    expect(await planned(world, "x-1", ref)).toMatchObject(ref);
    expect(await planned(world, "x-1", ref)).toMatchObject(ref);
    expect(await world.runs.get(ref)).toMatchObject({ state: "under-way", execution: "x-1" });
  });

  test("leaves the run to the execution that was faster", async () => {
    const { world } = await worldWith(letter());
    const ref = await asked("j", everybody, world);
    await planned(world, "x-1", ref);
    expect(await planned(world, "x-2", ref)).toBeUndefined();
    expect(await world.runs.get(ref)).toMatchObject({ state: "under-way", execution: "x-1" });
  });

  test("does not take the place of a lost one, which another execution does", async () => {
    const { world } = await worldWith(letter());
    const ref = await asked("j", everybody, world);
    await planned(world, "x-1", ref);
    expect(await planRun(ref, "x-2", world.ports)).toMatchObject(ref);
    expect(await world.runs.get(ref)).toMatchObject({ execution: "x-2" });
  });
});

async function underWay(world: World, execution: string) {
  const ref = await asked("j", everybody, world);
  const stored = await world.runs.get(ref);
  if (!stored) throw new Error("The run is not stored.");
  return { ...stored, state: "under-way" as const, execution };
}
