/** Deliveries that are repeated, concurrent, after a crash, or concern a journey that fails. */
import { describe, expect, test } from "vitest";
import { triggerEvent } from "../../../lambdas/app/enrollment-event.ts";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import { brief, journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { type Call, watched } from "../calls.ts";
import { eventOf, START, World } from "../world.ts";

async function worldWith(...documents: readonly Readonly<Record<string, unknown>>[]): Promise<World> {
  const world = new World();
  for (const document of documents) await world.publish(document);
  return world;
}

describe("the same delivery again, as after a crash", () => {
  test("of an event that let the customer in: nothing is doubled, no reason is left", async () => {
    const world = await worldWith(lasting());
    const event = eventOf("start");
    for (let times = 0; times < 3; times++) await matchEvent(event, world.ports);
    await world.run("01-06 10:00");
    await matchEvent(event, world.ports);
    expect((await world.only()).status).toBe("active");
    expect(world.reasons()).toEqual([]);
    expect(world.counted()).toEqual(world.recount());
    expect(world.counted().j).toMatchObject({ entered: 1 });
  });

  test.each([
    ["the journey is paused now", { status: "paused" }],
    [
      "the journey asks for something else now",
      { trigger: { event: "start", where: { field: "event.x", operator: "exists" } } },
    ],
  ])("of an event that let the customer in, when %s", async (_, change) => {
    const world = await worldWith(lasting());
    const event = eventOf("start");
    await matchEvent(event, world.ports);
    await world.publish(lasting(change));
    await matchEvent(event, world.ports);
    expect(world.reasons()).toEqual([]);
    expect((await world.only()).status).toBe("active");
  });

  test("of an event that did not let the customer in leaves its reason once", async () => {
    const world = await worldWith(lasting({ status: "paused" }));
    const event = eventOf("start");
    await matchEvent(event, world.ports);
    await world.run("01-05 10:05");
    await matchEvent(event, world.ports);
    expect(world.reasons()).toEqual(["not-active"]);
  });

  test("starts the execution of an enrollment whose creating call crashed", async () => {
    const world = await worldWith(lasting());
    const dying: Ports = {
      ...world.ports,
      executions: { ...world.ports.executions, start: () => Promise.reject(new Error("died")) },
    };
    const event = eventOf("start");
    await expect(matchEvent(event, dying)).rejects.toThrow("died");
    await world.run();
    expect((await world.only()).steps).toEqual([]);
    await matchEvent(event, world.ports);
    await world.run();
    expect((await world.only()).steps).toHaveLength(1);
    expect(world.reasons()).toEqual([]);
  });

  test("of a change that let the customer in", async () => {
    const world = await worldWith(lasting({ trigger: { where: { field: "customer.tier", operator: "exists" } } }));
    await matchEvent(eventOf("customer.updated", { changes: { tier: "gold" } }), world.ports);
    await world.run();
    const changed = world.published.find(({ name }) => name === "customer.changed");
    const again = eventOf("customer.changed", { ...changed, deliveryId: "another", system: true });
    await matchEvent(again, world.ports);
    await world.run();
    expect((await world.only()).status).toBe("active");
    expect(world.reasons()).toEqual([]);
    expect(world.counted()).toEqual(world.recount());
  });

  test("of a change that let the customer enter, in a call that crashed before the catch-up", async () => {
    const gold = { field: "customer.tier", operator: "equals", value: "gold" };
    const world = await worldWith(lasting({ trigger: { where: gold }, exit: [{ id: "bought", event: "order" }] }));
    const changes = (tier: string) => matchEvent(eventOf("customer.updated", { changes: { tier } }), world.ports);
    await changes("gold");
    await matchEvent(eventOf("order", { time: on("01-05 10:01") }), world.ports);
    const changed = eventOf("customer.changed", { data: { fields: ["customer.tier"] }, system: true });
    const dying = watched(world.ports, (call, make) =>
      call === "store.events" ? Promise.reject(new Error("died")) : make(),
    );
    await expect(matchEvent(changed, dying)).rejects.toThrow("died");
    // By now the trigger's condition does not hold any more.
    await changes("silver");
    await matchEvent(changed, world.ports);
    expect(await world.only()).toMatchObject({ status: "exited", reason: "bought" });
  });
});

test("another delivery of the same event leaves the reason duplicate-event, and changes nothing", async () => {
  const world = await worldWith(lasting({ trigger: { event: "start", entry: "always" } }));
  await matchEvent(eventOf("start", { id: "e", changes: { a: 1 } }), world.ports);
  await matchEvent(eventOf("start", { id: "e", changes: { a: 2 }, deliveryId: "second" }), world.ports);
  await world.run();
  expect(world.reasons()).toEqual(["duplicate-event"]);
  expect((await world.only()).customerId).toBe("c-1");
  expect((await world.store.customer("c-1")).attributes).toEqual({ a: 1 });
});

describe("one id for two event names", () => {
  const paid = { id: "e", name: "paid", changes: { paid: true } };

  test("stores and applies both, each once, in whatever order and however often they come", async () => {
    for (const names of [
      ["start", "paid"],
      ["paid", "start"],
    ]) {
      const world = await worldWith(lasting(), lasting({ id: "k", trigger: { event: "paid" } }));
      for (const name of [...names, ...names]) await matchEvent(eventOf(name, { id: "e" }), world.ports);
      await world.run();
      expect((await world.store.enrollments("c-1")).map(({ journeyId }) => journeyId).sort()).toEqual(["j", "k"]);
      expect(world.reasons()).toEqual([]);
      for (const name of names) expect(await world.store.events("c-1", name, "")).toHaveLength(1);
    }
  });

  test("keeps the changes of the second", async () => {
    const world = await worldWith(lasting());
    await matchEvent(eventOf("start", { id: "e" }), world.ports);
    await matchEvent(eventOf("paid", paid), world.ports);
    expect((await world.store.customer("c-1")).attributes).toEqual({ paid: true });
  });

  test("the second, published twice, leaves the reason duplicate-event", async () => {
    const world = await worldWith(lasting({ trigger: { event: "paid", entry: "always" } }));
    await matchEvent(eventOf("start", { id: "e" }), world.ports);
    await matchEvent(eventOf("paid", { id: "e" }), world.ports);
    await matchEvent(eventOf("paid", { id: "e", deliveryId: "second" }), world.ports);
    expect(world.reasons()).toEqual(["duplicate-event"]);
    expect(await world.store.enrollments("c-1")).toHaveLength(1);
  });

  test("enters one journey twice when an edit has changed its trigger's name", async () => {
    const world = await worldWith(lasting({ trigger: { event: "start", entry: "always" } }));
    await matchEvent(eventOf("start", { id: "e", data: { n: 1 } }), world.ports);
    await world.publish(lasting({ trigger: { event: "paid", entry: "always" } }));
    const second = eventOf("paid", { id: "e", data: { n: 2 } });
    for (let times = 0; times < 2; times++) await matchEvent(second, world.ports);
    await world.run();
    const enrollments = await world.store.enrollments("c-1");
    expect(enrollments.map(({ trigger }) => trigger.name).sort()).toEqual(["paid", "start"]);
    const data = await Promise.all(enrollments.map((each) => triggerEvent(each, world.ports)));
    expect(data).toEqual(enrollments.map(({ trigger }) => ({ n: trigger.name === "paid" ? 2 : 1 })));
    expect(world.counted()).toEqual(world.recount());
  });

  test("exits the customer that an event with the same id let in", async () => {
    const world = await worldWith(lasting({ exit: [{ id: "bought", event: "paid" }] }));
    await matchEvent(eventOf("start", { id: "e" }), world.ports);
    await matchEvent(eventOf("paid", { id: "e" }), world.ports);
    await world.run();
    expect(await world.only()).toMatchObject({ status: "exited", reason: "bought" });
  });

  test("is stored twice too when no journey listens", async () => {
    const world = await worldWith(lasting());
    for (const name of ["seen", "heard", "seen", "heard"]) await matchEvent(eventOf(name, { id: "e" }), world.ports);
    for (const name of ["seen", "heard"]) expect(await world.store.events("c-1", name, "")).toHaveLength(1);
  });

  test("a change by the second lets the customer in, and is not the change of the first", async () => {
    const trigger = { where: { field: "customer.paid", operator: "exists" } };
    const world = await worldWith(lasting({ trigger, exit: [{ id: "began", event: "start" }] }));
    await matchEvent(eventOf("paid", paid), world.ports);
    await world.run();
    const changed = world.published.find(({ name }) => name === "customer.changed");
    expect(changed?.data).toMatchObject({ cause: "e", causeName: "paid" });
    await matchEvent(eventOf("customer.changed", { ...changed, system: true }), world.ports);
    await matchEvent(eventOf("start", { id: "e" }), world.ports);
    await world.run();
    expect(await world.only()).toMatchObject({ status: "exited", reason: "began" });
  });
});

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

test("if one journey fails, the others are still processed, and the delivery is repeated", async () => {
  const world = await worldWith(lasting(), brief({ id: "k" }), lasting({ id: "m" }));
  let broken = true;
  const ports: Ports = {
    ...world.ports,
    journeys: Object.assign(Object.create(world.journeys), {
      live: async (id: string) => {
        if (id === "k" && broken) throw new Error("k is broken");
        return world.journeys.live(id);
      },
    }),
  };
  const event = eventOf("start");
  await expect(matchEvent(event, ports)).rejects.toThrow("k is broken");
  await world.run();
  const at = async () =>
    (await world.store.enrollments("c-1")).map(({ journeyId, steps }) => [journeyId, steps.length]);
  expect(await at()).toEqual([
    ["j", 1],
    ["k", 0],
    ["m", 1],
  ]);
  broken = false;
  await matchEvent(event, ports);
  await world.run();
  expect(await at()).toEqual([
    ["j", 1],
    ["k", 1],
    ["m", 1],
  ]);
});

describe("events that the system publishes about itself", () => {
  test("customer.changed of an app's own is an event like any other", async () => {
    const world = await worldWith(lasting({ trigger: { where: { field: "customer.tier", operator: "exists" } } }));
    await matchEvent(eventOf("customer.updated", { changes: { tier: "gold" } }), world.ports);
    const fake = eventOf("customer.changed", { data: { fields: ["customer.tier"] }, system: false });
    await matchEvent(fake, world.ports);
    expect(await world.store.enrollments("c-1")).toHaveLength(0);
    expect(await world.store.event("c-1", fake.id)).toBeDefined();
  });

  test("a change from before an erasure has no effect", async () => {
    const world = await worldWith(lasting({ trigger: { where: { field: "customer.tier", operator: "notExists" } } }));
    await matchEvent(eventOf("customer.deleted", { time: on("01-05 11:00") }), world.ports);
    await matchEvent(eventOf("customer.changed", { data: { fields: ["customer.tier"] }, system: true }), world.ports);
    expect(await world.store.enrollments("c-1")).toHaveLength(0);
  });
});

describe("an event that is being handled while its customer is erased", () => {
  const listening = lasting({ trigger: { event: "start", where: { field: "event.x", operator: "exists" } } });

  test.each<Call>(["store.commit", "journeys.catalog", "store.customer"])(
    "leaves nothing, when it happens at %s",
    async (call) => {
      const world = await worldWith(listening);
      await matchEvent(eventOf("customer.updated", { changes: { tier: "gold" } }), world.ports);
      let erased = false;
      const ports = watched(world.ports, (here, make) => {
        if (here !== call || erased) return make();
        erased = true;
        return matchEvent(eventOf("customer.deleted", { time: on("01-05 11:00") }), world.ports).then(make);
      });
      await matchEvent(eventOf("start", { id: "e" }), ports);
      await world.run();
      const [partition] = [...world.store.all()];
      expect([partition?.events.size, partition?.reasons.size, partition?.enrollments.size]).toEqual([0, 0, 0]);
    },
  );

  test("a repeated delivery between the exit and the tombstone creates no new enrollment", async () => {
    const world = await worldWith(lasting({ trigger: { event: "start", entry: "always" } }));
    const event = eventOf("start", { id: "e" });
    await matchEvent(event, world.ports);
    let entered = 0;
    const ports = watched(world.ports, (_, make) => matchEvent(event, world.ports).then(make));
    await matchEvent(eventOf("customer.deleted", { time: on("01-05 11:00") }), ports);
    await world.run();
    for (const { name } of world.published) if (name === "journey.entered") entered++;
    expect(entered).toBe(1);
    expect(await world.store.enrollments("c-1")).toEqual([]);
  });
});

test("an enrollment stores its trigger", async () => {
  const world = await worldWith(
    journey({
      trigger: { event: "start", key: "event.cart" },
      components: brief().components as object as Record<string, unknown>,
    }),
  );
  await matchEvent(eventOf("start", { id: "e", deliveryId: "d", data: { cart: "k1" } }), world.ports);
  expect(await world.only()).toMatchObject({
    journeyId: "j",
    journeyVersion: 1,
    key: "k1",
    status: "active",
    enteredAt: START,
    trigger: { eventId: "e", deliveryId: "d", name: "start", time: START, customerRevision: 0 },
  });
});
