/** The use case behind trigger-matcher, called several times at once. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { lasting, on } from "../../behaviour/scenario-of.ts";
import { eventOf, World } from "../world.ts";
import { worldWith } from "./world-with.ts";

describe("several calls at once", () => {
  const atOnce = (world: World, events: readonly ReturnType<typeof eventOf>[]) =>
    Promise.all(events.map((event) => matchEvent(event, world.ports)));
  const many = (n: number) => Array.from({ length: n }, (_, index) => eventOf("start", { id: `e-${index}` }));

  test.each([
    ["once: one enters", "once", 1],
    ["maxConcurrent: at most two enter", { maxConcurrent: 2 }, 2],
    ["max: at most three enter", { max: 3 }, 3],
    ["cooldown: one enters", { cooldown: "P1D" }, 1],
    ["always: all enter", "always", 8],
  ])("different events, entry %s", async (_, entry, inside) => {
    const world = await worldWith(lasting({ trigger: { event: "start", entry } }));
    await atOnce(world, many(8));
    await world.run();
    expect(await world.store.enrollments("c-1")).toHaveLength(inside);
    expect(world.reasons()).toEqual(Array(8 - inside).fill("entry-limit"));
    expect(world.counted()).toEqual(world.recount());
  });

  test("one delivery, handled five times at once", async () => {
    const world = await worldWith(lasting({ trigger: { event: "start", entry: "always" } }));
    const event = eventOf("start", { changes: { a: 1 } });
    await atOnce(world, Array(5).fill(event));
    await world.run();
    expect(await world.store.enrollments("c-1")).toHaveLength(1);
    expect(world.reasons()).toEqual([]);
  });

  test("five deliveries of one event: one enters, four are duplicates", async () => {
    const world = await worldWith(lasting({ trigger: { event: "start", entry: "always" } }));
    await atOnce(
      world,
      Array.from({ length: 5 }, (_, n) => eventOf("start", { id: "e", deliveryId: `d-${n}` })),
    );
    expect(await world.store.enrollments("c-1")).toHaveLength(1);
    expect(world.reasons()).toEqual(Array(4).fill("duplicate-event"));
  });

  test("changes of the same customer: none is lost", async () => {
    const world = new World();
    await atOnce(
      world,
      Array.from({ length: 10 }, (_, n) => eventOf("customer.updated", { changes: { [`a${n}`]: n } })),
    );
    expect(Object.keys((await world.store.customer("c-1")).attributes)).toHaveLength(10);
  });

  test("the trigger event and an exit event, in any interleaving", async () => {
    const world = await worldWith(lasting({ exit: [{ id: "bought", event: "order" }] }));
    await atOnce(world, [eventOf("order", { time: on("01-05 10:01") }), eventOf("start")]);
    await world.run();
    expect(await world.only()).toMatchObject({ status: "exited", reason: "bought" });
    expect(world.counted()).toEqual(world.recount());
  });

  test("the trigger event and the customer's deletion: no enrollment stays active", async () => {
    for (const first of ["start", "customer.deleted"]) {
      const world = await worldWith(lasting());
      const events = [eventOf("start"), eventOf("customer.deleted", { time: on("01-05 10:01") })];
      await atOnce(world, first === "start" ? events : events.reverse());
      await world.run();
      expect(await world.store.enrollments("c-1")).toEqual([]);
      const [partition] = [...world.store.all()];
      expect(partition?.events.size, first).toBe(0);
    }
  });
});
