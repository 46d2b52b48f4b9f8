/** A number's conversation lists the customers who have the number now, whatever changes their profile. */
import { describe, expect, test } from "vitest";
import { followNumber } from "../../../lambdas/app/exits/follow-number.ts";
import { conversationOf } from "../../../lambdas/domain/customer/address-facts.ts";
import { addressHash } from "../../../lambdas/domain/customer/address-mark.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import { Crash } from "../crashes.ts";
import { World } from "../world.ts";

const [FIRST, SECOND] = ["+491713920001", "+491713920002"];

const listed = async ({ store, ports }: World, number: string) =>
  conversationOf(await store.addressFacts(addressHash(number, ports.addressKey ?? ""))).customers;

async function told(world: World, id: string, changes: JsonObject, customerId = "c-1") {
  world.happens("told", { id, customerId, changes });
  await world.run();
}

test("a new number, another number and no number", async () => {
  const world = new World();
  await told(world, "a", { phone: FIRST });
  await told(world, "b", { phone: FIRST }, "c-2");
  expect(await listed(world, FIRST)).toEqual(["c-1", "c-2"]);
  await told(world, "c", { phone: SECOND });
  expect([await listed(world, FIRST), await listed(world, SECOND)]).toEqual([["c-2"], ["c-1"]]);
  await told(world, "d", { phone: null });
  expect(await listed(world, SECOND)).toEqual([]);
});

test.each([
  ["a number in national form", { phone: "0171 3920001" }],
  ["another attribute", { tier: "gold" }],
])("%s is listed nowhere", async (_, changes) => {
  const world = new World();
  await told(world, "a", changes);
  expect(await listed(world, FIRST)).toEqual([]);
});

test.each(["before", "after"] as const)("a crash %s any call changes nothing about it", async (side) => {
  for (let nth = 1; ; nth++) {
    const crash = new Crash(nth, side);
    const world = new World({ crash });
    for (const [id, phone] of [FIRST, SECOND].entries()) {
      world.happens("told", { id: `t-${id}`, changes: { phone } });
      await world.run(`01-05 10:0${id + 1}`);
    }
    expect([await listed(world, FIRST), await listed(world, SECOND)], `${side} ${crash.at}`).toEqual([[], ["c-1"]]);
    if (crash.at === undefined) break;
  }
});

test("a change that is delivered late finds what is true now", async () => {
  const world = new World();
  await told(world, "a", { phone: FIRST });
  await told(world, "b", { phone: SECOND });
  const unknown = unknownCustomer("c-1");
  await followNumber(unknown, { ...unknown, attributes: { phone: FIRST } }, world.ports);
  expect([await listed(world, FIRST), await listed(world, SECOND)]).toEqual([[], ["c-1"]]);
});

test("a change at the same time as an erasure does not list the erased customer", async () => {
  const world = new World();
  await told(world, "a", { phone: FIRST });
  const before = await world.store.customer("c-1");
  world.happens("customer.deleted", { id: "d" });
  await Promise.all([world.run(), followNumber(unknownCustomer("c-1"), before, world.ports)]);
  expect(await listed(world, FIRST)).toEqual([]);
});

describe("a stack whose messages cannot be answered any more", () => {
  const off = (world: World) => Object.assign(world.ports, { listsNumbers: false });

  test("lists nobody", async () => {
    const world = new World();
    off(world);
    await told(world, "a", { phone: FIRST });
    expect(await world.store.addressFacts(addressHash(FIRST, "simulated"))).toMatchObject({ revision: 0 });
  });

  test("removes an erased customer from the conversation of an earlier time", async () => {
    const world = new World();
    await told(world, "a", { phone: FIRST });
    await told(world, "b", { phone: FIRST }, "c-2");
    off(world);
    world.happens("customer.deleted", { id: "d" });
    await world.run();
    expect(await listed(world, FIRST)).toEqual(["c-2"]);
  });

  test("removes a customer who gives up the number, so that a later erasure finds nothing under it", async () => {
    const world = new World();
    await told(world, "a", { phone: FIRST });
    off(world);
    await told(world, "b", { phone: SECOND });
    expect([await listed(world, FIRST), await listed(world, SECOND)]).toEqual([[], []]);
  });
});
