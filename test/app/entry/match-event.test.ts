/** The use case behind trigger-matcher: repeated deliveries, failures and erasures. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import { brief, journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { type Call, watched } from "../calls.ts";
import { eventOf, START } from "../world.ts";
import { worldWith } from "./world-with.ts";

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
