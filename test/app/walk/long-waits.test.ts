/** Journey format §1.3: a wait of more than 300 days consists of several native waits, in executions of under a year. */
import { describe, expect, test } from "vitest";
import { reconcile } from "../../../lambdas/app/exits/reconcile.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { plus, toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import { type Document, event, journey, on, start, tell } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const tag = { type: "addTag", tags: ["after"] };
const lines = async (components: Document, events: readonly Document[], until: string) =>
  (await tell({ journeys: [journey({ components })], events, until })).lines
    .filter((line) => line.kind === "component" || line.kind === "failed" || line.kind === "completed")
    .map(
      (line) =>
        `${line.at.slice(0, 16)} ${line.kind === "component" ? `${line.componentId} ${line.outcome}` : line.kind}`,
    );

describe("the customer goes on exactly at the end", () => {
  test.each([
    ["365 days", { for: "P365D" }, "2027-01-05T10:00"],
    ["until a field in three years", { until: { field: "customer.endsAt", ifPast: "exit" } }, "2029-03-01T08:00"],
  ])("%s", async (_, wait, end) => {
    const components = { rest: { type: "wait", ...wait, next: "tag" }, tag };
    const events = [start("01-05 10:00", { customer: { endsAt: "2029-03-01T08:00:00Z" } })];
    expect(await lines(components, events, "2031-01-01T00:00:00Z")).toEqual([
      "2026-01-05T10:00 rest waiting",
      `${end} rest done`,
      `${end} tag done`,
      `${end} completed`,
    ]);
  });

  test("ten waits of 200 days, and an event in the seventh", async () => {
    const waits = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [
        `w${i}`,
        { type: "waitFor", branches: [{ id: "x", event: "x", next: "tag" }], within: "P200D", otherwise: `w${i + 1}` },
      ]),
    );
    const at = plus(on("01-05 10:00"), "P1250D");
    const found = await lines(
      { ...waits, w10: tag, tag },
      [start(), { ...event("01-05 10:00", "x"), at }],
      plus(at, "P900D"),
    );
    expect(found.at(-3)).toBe(`${at.slice(0, 16)} w6 x`);
    expect(found.at(-1)).toBe(`${at.slice(0, 16)} completed`);
  });
});

describe("executions", () => {
  async function inside(wait: object) {
    const world = new World({ still: true });
    await world.publish(journey({ components: { rest: { type: "wait", ...wait, next: "tag" }, tag } }));
    const ref = await world.enter();
    return { world, advance: () => advanceEnrollment(ref, world.ports), run: () => reconcile(100, world.ports) };
  }
  const after = (days: number) => plus(on("01-05 10:00"), `P${days}D`);
  const go = (world: World, days: number) => world.clock.run(after(days));
  const nothing = { restarted: 0, failed: 0, stopped: 0, executionsStopped: 0 };

  test("a wait of 365 days is 300 days in the first execution and 65 days in the second", async () => {
    const { world, advance, run } = await inside({ for: "P365D" });
    expect(await advance()).toEqual({ next: "wait", until: after(300) });
    world.clock.plan(after(300), "timer", async () => {});
    await go(world, 300);
    expect(await advance()).toEqual({ next: "done", handOver: true });
    expect(await advance()).toEqual({ next: "done", handOver: true });
    world.clock.plan(plus(after(300), "PT3M"), "timer", async () => {});
    await world.clock.run(plus(after(300), "PT3M"));
    expect(await run()).toEqual(nothing);
    expect(world.asked).toEqual(["start 1", "start 2"]);
    expect(await advance()).toEqual({ next: "wait", until: after(365) });
    expect(await run()).toEqual(nothing);
    expect(await world.only()).toMatchObject({ executions: 2, handOvers: 1, dueAt: plus(after(365), "PT5M") });
  });

  test("a start that fails is repeated, and counts toward no limit", async () => {
    const { world, advance, run } = await inside({ for: "P365D" });
    await advance();
    world.clock.plan(after(300), "timer", async () => {});
    await go(world, 300);
    await advance();
    for (let turn = 1; turn <= 30; turn++) {
      const at = plus(after(300), `PT${turn * 6}M`);
      world.clock.plan(at, "timer", async () => {});
      await world.clock.run(at);
      expect(await run()).toEqual(nothing);
    }
    expect(await world.only()).toMatchObject({ status: "active", executions: 31, handOvers: 30 });
    expect(await advance()).toEqual({ next: "wait", until: after(365) });
  });

  test("no execution is asked to last for a year", async () => {
    const { world, advance, run } = await inside({ until: { field: "customer.endsAt", ifPast: "exit" } });
    let began = toMilliseconds(world.clock.now());
    await world.store.commit([
      {
        kind: "customer",
        customer: { ...(await world.store.customer("c-1")), attributes: { endsAt: "2036-01-01" }, revision: 2 },
      },
    ]);
    for (let calls = 0; calls < 40; calls++) {
      const instruction = await advance();
      if ((await world.only()).status !== "active") break;
      if (instruction.next === "done") {
        world.clock.plan(plus(world.clock.now(), "PT5M"), "timer", async () => {});
        await world.clock.run(plus(world.clock.now(), "PT5M"));
        await run();
        began = toMilliseconds(world.clock.now());
        continue;
      }
      if (instruction.next !== "wait") throw new Error(JSON.stringify(instruction));
      expect(toMilliseconds(instruction.until) - began).toBeLessThan(364 * 86_400_000);
      expect(toMilliseconds(instruction.until) - toMilliseconds(world.clock.now())).toBeLessThanOrEqual(
        300 * 86_400_000,
      );
      world.clock.plan(instruction.until, "timer", async () => {});
      await world.clock.run(instruction.until);
    }
    expect(await world.only()).toMatchObject({ status: "completed", endedAt: "2036-01-01T00:00:00.000Z" });
  });
});
