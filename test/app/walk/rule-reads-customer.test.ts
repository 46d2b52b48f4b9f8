/** Journey format §1.4: a rule on an event reads the customer as they were when the event was handled. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { evaluateChange } from "../../../lambdas/app/exits/evaluate-change.ts";
import { event, journey, lasting, on, start, tell } from "../../behaviour/scenario-of.ts";
import { eventOf, World } from "../world.ts";

const pro = { field: "customer.plan", operator: "equals", value: "pro" };
const bought = { id: "bought", event: "buy", where: pro };
const becomes = (at: string, plan: string | null) => event(at, "customer.updated", { customer: { plan } });

describe("the answer stays the one of the moment when the event was handled", () => {
  const waits = {
    rule: {
      type: "waitFor",
      branches: [{ ...bought, next: "yes" }],
      within: "P1D",
      otherwise: "no",
    },
    yes: { type: "addTag", tags: ["yes"] },
    no: { type: "addTag", tags: ["no"] },
  };
  test.each([
    ["free at the event, pro later", { plan: "free" }, "pro", ["no"]],
    ["without a plan at the event, pro later", {}, "pro", ["no"]],
    ["pro at the event, free later", { plan: "pro" }, "free", ["yes"]],
    ["pro at the event, without a plan later", { plan: "pro" }, null, ["yes"]],
  ])(
    "in a waitFor that is reached later, because the trigger event is delivered late: %s",
    async (_, customer, later, tags) => {
      const { summary } = await tell({
        journeys: [journey({ components: waits, start: "rule" })],
        events: [
          event("01-05 09:00", "customer.updated", { customer }),
          event("01-05 12:00", "buy"),
          becomes("01-05 14:00", later),
          start("01-05 15:00", { time: on("01-05 10:00") }),
        ],
      });
      expect(summary.tags["c-1"]).toEqual(tags);
    },
  );

  test.each([
    ["free at the event", "free", "pro", 0],
    ["pro at the event", "pro", "free", 1],
  ])("on entry, for an event that was delivered before: %s", async (_, before, later, exited) => {
    const { summary } = await tell({
      journeys: [lasting({ exit: [bought] })],
      events: [
        becomes("01-05 09:00", before),
        event("01-05 11:00", "buy"),
        becomes("01-05 11:30", later),
        start("01-05 12:00", { time: on("01-05 10:00") }),
      ],
    });
    expect(summary.exited).toBe(exited);
  });

  test("the event's own change counts", async () => {
    const { summary } = await tell({
      journeys: [lasting({ exit: [bought] })],
      events: [
        start("01-05 10:00", { customer: { plan: "free" } }),
        event("01-05 11:00", "buy", { customer: { plan: "pro" } }),
      ],
    });
    expect(summary.exited).toBe(1);
  });

  test("when the stream record comes again after the customer has changed", async () => {
    const world = new World();
    await world.publish(lasting({ exit: [bought], goals: [{ ...bought, id: "paid" }] }));
    await world.enter({ changes: { plan: "free" } });
    await world.run();
    await matchEvent(eventOf("buy", { time: on("01-05 10:01") }), world.ports);
    await world.run();
    const [partition] = [...world.store.all()];
    const stored = [...(partition?.events.values() ?? [])].find(({ name }) => name === "buy");
    await matchEvent(eventOf("customer.updated", { time: on("01-05 10:02"), changes: { plan: "pro" } }), world.ports);
    await world.run();
    if (stored) await evaluateChange({ kind: "event", event: stored }, world.ports);
    expect(await world.only()).toMatchObject({ status: "active", goals: {} });
  });
});
