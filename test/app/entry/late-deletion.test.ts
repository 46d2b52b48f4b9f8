/** A call dies after it has enrolled a customer, and an older deletion is handled before the event is delivered again. */
import { expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { deleteCustomer } from "../../../lambdas/app/exits/delete-customer.ts";
import { lasting, on } from "../../behaviour/scenario-of.ts";
import { eventOf, START, World } from "../world.ts";

test.each(["once", "always"])("the customer stays in the one enrollment, and catches up: entry %s", async (entry) => {
  const world = new World({ still: true });
  await world.publish(lasting({ trigger: { event: "start", entry }, goals: [{ id: "sale", event: "buy" }] }));
  await matchEvent(eventOf("buy", { id: "buy", time: START }), world.ports);
  const start = eventOf("start", { id: "start", time: START });
  // The call dies while it catches up.
  const { events } = world.store;
  world.store.events = () => Promise.reject(new Error("died"));
  await expect(matchEvent(start, world.ports)).rejects.toThrow("died");
  world.store.events = events;
  await deleteCustomer("c-1", on("01-01 10:00"), world.ports);
  await matchEvent(start, world.ports);
  expect(Object.keys((await world.only()).goals)).toEqual(["sale"]);
  expect(world.asked).toEqual(["start 1"]);
});
