/** Two events with one id and different names are two events. */
import { describe, expect, test } from "vitest";
import { triggerEvent } from "../../../lambdas/app/enrollment-event.ts";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { lasting } from "../../behaviour/scenario-of.ts";
import { eventOf } from "../world.ts";
import { worldWith } from "./world-with.ts";

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
