/** Unsubscribing: it wins over every older event that arrives late. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { unsubscribe } from "../../../lambdas/app/messages/unsubscribe.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import { on } from "../../behaviour/scenario-of.ts";
import { eventOf, World } from "../world.ts";

const unsubscribed = async (world: World) => (await world.store.customer("c-1")).attributes.unsubscribed;
const known = async (changes: JsonObject = { email: "ann@shop.example" }) => {
  const world = new World();
  await matchEvent(eventOf("customer.updated", { changes }), world.ports);
  return world;
};

test("sets the attribute", async () => {
  const world = await known();
  await unsubscribe({ customerId: "c-1" }, world.ports);
  expect(await unsubscribed(world)).toBe(true);
});

test("the second time stores nothing", async () => {
  const world = await known();
  await unsubscribe({ customerId: "c-1" }, world.ports);
  const { revision } = await world.store.customer("c-1");
  await unsubscribe({ customerId: "c-1" }, world.ports);
  expect((await world.store.customer("c-1")).revision).toBe(revision);
});

test("is newer than a subscription that the app's clock put into the future", async () => {
  const world = await known({ unsubscribed: false });
  await matchEvent(
    eventOf("customer.updated", { time: on("01-05 10:04"), changes: { unsubscribed: false } }),
    world.ports,
  );
  await unsubscribe({ customerId: "c-1" }, world.ports);
  expect(await unsubscribed(world)).toBe(true);
});

test("an older event that arrives late does not undo it; a newer one does", async () => {
  const world = await known();
  await unsubscribe({ customerId: "c-1" }, world.ports);
  await matchEvent(
    eventOf("customer.updated", { time: on("01-05 09:59"), changes: { unsubscribed: false } }),
    world.ports,
  );
  expect(await unsubscribed(world)).toBe(true);
  await matchEvent(
    eventOf("customer.updated", { time: on("01-05 10:01"), changes: { unsubscribed: false } }),
    world.ports,
  );
  expect(await unsubscribed(world)).toBe(false);
});

test("for an unknown or an erased customer, nothing is stored", async () => {
  const world = new World();
  await unsubscribe({ customerId: "c-1" }, world.ports);
  expect((await world.store.customer("c-1")).revision).toBe(0);
  await matchEvent(eventOf("customer.deleted"), world.ports);
  await unsubscribe({ customerId: "c-1" }, world.ports);
  expect((await world.store.customer("c-1")).attributes).toEqual({});
});

test("it holds for a customer who came back after an erasure", async () => {
  const world = await known();
  await matchEvent(eventOf("customer.deleted", { time: on("01-05 10:00") }), world.ports);
  const changes = { email: "new@shop.example" };
  await matchEvent(eventOf("customer.updated", { time: on("01-05 10:01"), changes }), world.ports);
  await unsubscribe({ customerId: "c-1" }, world.ports);
  expect((await world.store.customer("c-1")).attributes).toEqual({ ...changes, unsubscribed: true });
});

test("at the same time as an event that changes the customer: both hold", async () => {
  const world = await known();
  await Promise.all([
    unsubscribe({ customerId: "c-1" }, world.ports),
    matchEvent(eventOf("customer.updated", { changes: { tier: "gold" } }), world.ports),
  ]);
  expect((await world.store.customer("c-1")).attributes).toMatchObject({ unsubscribed: true, tier: "gold" });
});

describe("from a topic", () => {
  const topics = async (world: World) => (await world.store.customer("c-1")).attributes.topics;
  const from = (topic: string, world: World) => unsubscribe({ customerId: "c-1", topic }, world.ports);

  test("leaves the other topics and all other marketing alone", async () => {
    const world = await known({ email: "ann@shop.example", topics: { offers: true } });
    await from("news", world);
    expect(await topics(world)).toEqual({ offers: true, news: false });
    expect(await unsubscribed(world)).toBeUndefined();
  });

  test("the second time stores nothing", async () => {
    const world = await known();
    await from("news", world);
    const { revision } = await world.store.customer("c-1");
    await from("news", world);
    expect((await world.store.customer("c-1")).revision).toBe(revision);
  });

  test("is undone by a newer event about this topic only, not by an older one or one about other topics", async () => {
    const world = await known();
    await from("news", world);
    const says = (time: string, changes: JsonObject) =>
      matchEvent(eventOf("customer.updated", { time: on(time), changes: { topics: changes } }), world.ports);
    await says("01-05 12:00", { offers: true });
    await says("01-05 09:00", { news: true });
    expect(await topics(world)).toEqual({ offers: true, news: false });
    await says("01-05 11:00", { news: true });
    expect(await topics(world)).toEqual({ offers: true, news: true });
  });

  test("two topics at once: both hold", async () => {
    const world = await known();
    await Promise.all([from("news", world), from("offers", world)]);
    expect(await topics(world)).toEqual({ news: false, offers: false });
  });
});
