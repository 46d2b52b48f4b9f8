/** An audience run on the stack: it considers every customer once, whatever dies, repeats or is cancelled. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { considerPart } from "../../../lambdas/app/runs/consider-part.ts";
import { enterByRun } from "../../../lambdas/app/runs/enter-by-run.ts";
import { PARTS, planRun } from "../../../lambdas/app/runs/plan-run.ts";
import { runProgress, sumUp } from "../../../lambdas/app/runs/sum-up.ts";
import type { Aim } from "../../../lambdas/domain/schedule/audience-run.ts";
import { plus } from "../../../lambdas/domain/time/time.ts";
import { type Document, journey, on } from "../../behaviour/scenario-of.ts";
import { eventOf, good, START, World } from "../world.ts";
import { components, entered, everybody, german, letter, shop, summed } from "./shop.ts";
import { asked, deliver, enrollmentsOf, seed, walkRun } from "./walk-run.ts";

describe("a run", () => {
  test("considers every customer, and its result says how many entered and why the others did not", async () => {
    const world = await shop();
    const run = await walkRun(await asked("j", everybody, world), world);
    expect(run).toMatchObject({ state: "ended", version: 1, result: summed, undecided: 0, endedAt: START });
    expect(enrollmentsOf(world)).toEqual(entered);
  });

  test("lets customers in with its own id and start, however late it comes to them", async () => {
    const world = await shop();
    const ref = await asked("j", everybody, world);
    await planRun(ref, "x", world.ports);
    for (let part = 0; part < 3; part++) await considerPart({ ...ref, part }, world.ports);
    await world.run("01-05 12:00");
    await deliver(world, {});
    const { trigger, enteredAt } = await world.only("c-1");
    expect(trigger).toMatchObject({ eventId: `run:${ref.runId}`, run: ref.runId, time: START });
    expect(enteredAt).toBe(on("01-05 12:00"));
  });

  test("does not put on the queue those whom an entry rule refuses", async () => {
    const world = await shop(letter({ entry: "once" }));
    await walkRun(await asked("j", everybody, world), world);
    const second = await asked("j", everybody, world);
    await planRun(second, "x", world.ports);
    for (let part = 0; part < 3; part++) await considerPart({ ...second, part }, world.ports);
    expect(world.entries.queue).toEqual([]);
    expect(await sumUp(second, undefined, world.ports)).toEqual({ next: "done" });
    expect(world.runs.records.get(second.runId)?.result).toMatchObject({
      refused: { "entry-limit": 4, unsubscribed: 1 },
    });
  });

  test("of a list refuses by name: each refused customer has a reason", async () => {
    const world = await shop();
    const aim = { kind: "customers", customerIds: ["c-1", "c-2", "new"] } as const;
    const run = await walkRun(await asked("j", aim, world), world);
    expect(run?.result).toEqual({ considered: 3, entered: 1, refused: { "audience-false": 2 } });
    expect([world.reasons("c-1"), world.reasons("c-2"), world.reasons("new")]).toEqual([
      [],
      ["audience-false"],
      ["audience-false"],
    ]);
  });

  test("goes on with the version that was live when it began, and follows the live status", async () => {
    const world = await shop();
    const ref = await asked("j", everybody, world);
    await planRun(ref, "x", world.ports);
    await world.publish(
      letter({ audience: german }, { name: "New", components: { note: { type: "addTag", tags: ["n"] } } }),
    );
    await considerPart({ ...ref, part: 0 }, world.ports);
    await deliver(world, {});
    await world.publish(letter({ audience: german }, { status: "paused" }));
    await walkRun(ref, world);
    const versions = [...world.store.all()].flatMap(({ enrollments }) => [...enrollments.values()]);
    expect(versions.map(({ journeyVersion }) => journeyVersion)).toEqual(versions.map(() => 1));
    const { result } = world.runs.records.get(ref.runId) ?? {};
    const { entered = 0, refused = {} } = result ?? {};
    expect(entered + (refused["not-active"] ?? 0) + (refused.unsubscribed ?? 0)).toBe(3);
    expect(result?.considered).toBe(5);
  });
});

describe("a schedule", () => {
  const at = on("01-05 10:00");

  test("starts a run of all customers in the parts of the table, and arms the next occurrence", async () => {
    const world = await shop();
    const armed: unknown[] = [];
    const ports = {
      ...world.ports,
      schedules: { armed: async () => undefined, arm: async (...given: unknown[]) => void armed.push(given) },
    };
    expect(await planRun({ journeyId: "j", at }, "x", ports)).toMatchObject({
      runId: "j-20260105T100000000Z",
      parts: PARTS,
    });
    expect(armed).toEqual([["j", { at: on("01-12 10:00") }]]);
  });

  test("starts one run for one occurrence, however often it comes", async () => {
    const world = await shop();
    expect(await planRun({ journeyId: "j", at }, "x", world.ports)).toBeDefined();
    expect(await planRun({ journeyId: "j", at }, "y", world.ports)).toBeUndefined();
    expect(await planRun({ journeyId: "j", at }, "x", world.ports)).toBeDefined();
    expect(world.runs.records.size).toBe(1);
  });

  test.each<[string, () => Document, string]>([
    ["a journey that is paused", () => letter({}, { status: "paused" }), at],
    ["an occurrence of an earlier schedule", () => letter({ schedule: { cron: "0 11 * * mon" } }), at],
  ])("starts nothing for %s", async (_, document, when) => {
    const world = await shop(document());
    expect(await planRun({ journeyId: "j", at: when }, "x", world.ports)).toBeUndefined();
    expect(world.runs.records.size).toBe(0);
  });

  test("skips and notes an occurrence that comes while a run is under way, and runs at the next one", async () => {
    const world = await shop();
    const ref = await asked("j", everybody, world);
    await planRun(ref, "x", world.ports);
    expect(await planRun({ journeyId: "j", at }, "y", world.ports)).toBeUndefined();
    expect(world.runs.records.get("j-20260105T100000000Z")).toMatchObject({ state: "skipped", skippedFor: ref.runId });
    await walkRun(ref, world);
    expect(await planRun({ journeyId: "j", at: on("01-12 10:00") }, "z", world.ports)).toBeDefined();
  });
});

describe("a cancelled run", () => {
  test("lets in nobody who is still on the queue, and says so", async () => {
    const world = await shop();
    const ref = await asked("j", everybody, world);
    await planRun(ref, "x", world.ports);
    for (let part = 0; part < 3; part++) await considerPart({ ...ref, part }, world.ports);
    await world.runs.cancel(ref, START);
    const run = await walkRun(ref, world);
    expect(run).toMatchObject({ state: "ended", cancelledAt: START });
    expect(run?.result).toEqual({
      considered: 5,
      entered: 0,
      refused: { "audience-false": 2, unsubscribed: 1, "run-cancelled": 2 },
    });
    expect(enrollmentsOf(world)).toEqual({});
  });

  test("of a list counts everyone who was not considered", async () => {
    const world = await shop();
    const customerIds = Array.from({ length: 9 }, (_, index) => `n-${index}`);
    const ref = await asked("j", { kind: "customers", customerIds }, world);
    await world.runs.cancel(ref, START);
    expect((await walkRun(ref, world))?.result).toEqual({ considered: 9, entered: 0, refused: { "run-cancelled": 9 } });
  });
});

describe("with an event", () => {
  const order = journey({ trigger: { event: "order" }, components });
  const aim: Aim = { kind: "event", name: "order", within: "P30D" };

  test("and the same event at the same moment, a customer enters once, and is counted once", async () => {
    const world = new World();
    seed(world, "c-1");
    const ref = await asked("j", aim, world);
    const event = eventOf("order", { id: "o-1", customerId: "c-1" });
    await matchEvent(event, world.ports);
    await world.adopt(good(order));
    await planRun(ref, "x", world.ports);
    for (let part = 0; part < 3; part++) await considerPart({ ...ref, part }, world.ports);
    expect(world.entries.queue).toHaveLength(1);
    await matchEvent({ ...event }, world.ports);
    await deliver(world, {});
    await world.run();
    expect(enrollmentsOf(world)).toEqual({ "c-1": "completed" });
    const { result } = await runProgress(await planned(world, ref.runId), world.ports);
    expect(result).toEqual({ considered: 1, entered: 0, refused: { "duplicate-event": 1 } });
  });
});

async function planned(world: World, runId: string) {
  const run = await world.runs.get({ journeyId: "j", runId });
  if (!run) throw new Error("no run");
  return run;
}

describe("a message of the queue", () => {
  test("that comes again changes nothing, and completes an entry that died before its execution", async () => {
    const world = await shop();
    const ref = await asked("j", everybody, world);
    await planRun(ref, "x", world.ports);
    const message = { ...ref, customerId: "c-1" };
    const dying = {
      ...world.ports,
      executions: { ...world.ports.executions, start: () => Promise.reject(new Error("died")) },
    };
    await expect(enterByRun(message, dying)).rejects.toThrow("died");
    await enterByRun(message, world.ports);
    await enterByRun(message, world.ports);
    await world.run();
    expect(enrollmentsOf(world)).toEqual({ "c-1": "completed" });
    expect(world.store.runCounts.get(ref.runId)).toEqual({ entered: 1 });
  });

  test("whose customer was erased meanwhile lets nobody in", async () => {
    const world = await shop();
    const ref = await asked("j", everybody, world);
    await planRun(ref, "x", world.ports);
    await world.run("01-05 11:00");
    await matchEvent(eventOf("customer.deleted", { time: world.clock.now(), system: false }), world.ports);
    await matchEvent(
      eventOf("customer.updated", { time: plus(world.clock.now(), "PT1S"), changes: { country: "DE" } }),
      world.ports,
    );
    await enterByRun({ ...ref, customerId: "c-1" }, world.ports);
    expect(world.store.runCounts.get(ref.runId)).toEqual({ outside: 1 });
    expect(enrollmentsOf(world)).toEqual({});
  });

  test("that nobody can handle does not keep the run under way for ever", async () => {
    const world = await shop();
    const ref = await asked("j", everybody, world);
    await planRun(ref, "x", world.ports);
    for (let part = 0; part < 3; part++) await considerPart({ ...ref, part }, world.ports);
    world.entries.queue.splice(0);
    const first = await sumUp(ref, undefined, world.ports);
    expect(first).toMatchObject({ next: "wait", waiting: 2, since: START });
    await world.run("01-05 11:00");
    const look = first.next === "wait" ? first : undefined;
    expect(await sumUp(ref, look, world.ports)).toEqual({ next: "done" });
    expect(world.runs.records.get(ref.runId)).toMatchObject({ state: "ended", undecided: 2 });
  });
});
