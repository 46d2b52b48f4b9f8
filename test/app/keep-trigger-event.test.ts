/** The trigger event stays stored for as long as the enrollment may read it. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import { advanceEnrollment } from "../../lambdas/app/walk/advance-enrollment.ts";
import { brief, journey, lasting, on } from "../behaviour/scenario-of.ts";
import { watched } from "./calls.ts";
import { eventOf, START, World } from "./world.ts";

type Document = Readonly<Record<string, unknown>>;

/** The same ports, and what they were asked to keep. */
function keeping({ ports: real }: World): { readonly ports: Ports; readonly kept: unknown[] } {
  const kept: unknown[] = [];
  const ports = watched(real, (call, make, given) => {
    if (call === "store.keepEvent") kept.push(given);
    return make();
  });
  return { ports, kept };
}

async function worldWith(document: Document) {
  const world = new World({ still: true });
  await world.publish(document);
  const enrollment = await world.enter({ id: "e" });
  const { ports, kept } = keeping(world);
  return { world, kept, advance: () => advanceEnrollment(enrollment, ports) };
}

const until = (at: string) => [["c-1", "e", START, at]];
const goals = [{ id: "g", event: "order", within: "P90D" }];
const listen = { type: "waitFor", branches: [{ id: "x", event: "x" }], within: "P20D" };

describe("the event is kept", () => {
  test.each<[string, Document, string]>([
    ["until 30 days after the end of a wait", lasting(), on("02-14 10:00")],
    ["until 30 days after the end of a wait for a signal", journey({ components: { listen } }), on("02-24 10:00")],
    ["until the end of the last goal, if that is later", lasting({ goals }), on("04-05 10:00")],
    ["for the goals of a journey that ends at once", brief({ goals }), on("04-05 10:00")],
    [
      "as long as one native wait takes, when the customer waits longer",
      lasting({ components: { stay: { type: "wait", for: "P365D" } } }),
      on("12-01 10:00"),
    ],
    ["while the journey is held", lasting({ status: "held" }), "2026-12-01T10:00:00.000Z"],
  ])("%s", async (_, { status = "active", ...document }, at) => {
    const { world, kept, advance } = await worldWith({ ...document, status: "active" });
    if (status === "held") await world.publish({ ...document, status });
    await advance();
    expect(kept).toEqual(until(at));
  });

  test("longer after each wait", async () => {
    const second = { type: "wait", for: "P30D" };
    const { world, kept, advance } = await worldWith(
      journey({ components: { first: { type: "wait", for: "P10D", next: "second" }, second } }),
    );
    await advance();
    await world.run("01-15 10:00");
    await advance();
    expect(kept).toEqual([...until(on("02-14 10:00")), ...until(on("03-16 10:00"))]);
  });

  test("under the stored id of an event that shares its id", async () => {
    const world = new World({ still: true });
    await world.publish(lasting());
    const { ports, kept } = keeping(world);
    await world.enter({ id: "e", name: "other" }).catch(() => undefined);
    await world.enter({ id: "e" });
    await advanceEnrollment(await world.only(), ports);
    expect(kept).toEqual([["c-1", "customer-journeys:start e", START, on("02-14 10:00")]]);
  });
});

describe("the event is kept at the entry", () => {
  const exit = [{ id: "bought", event: "order" }];
  const trigger = { event: "start", key: "event.cart" };

  test.each<[string, Document, string]>([
    ["until 30 days after the first call, which follows at once", brief(), on("02-04 10:00")],
    ["until the end of the last goal", brief({ goals }), on("04-05 10:00")],
  ])("%s", async (_, document, at) => {
    const world = new World({ still: true });
    await world.publish(document);
    const { ports, kept } = keeping(world);
    await matchEvent(eventOf("start", { id: "e" }), ports);
    expect(kept).toEqual(until(at));
  });

  test("for the goals of a customer who exits in the catch-up, before the first call", async () => {
    const world = new World({ still: true });
    await world.publish(lasting({ trigger, exit, goals }));
    const { ports, kept } = keeping(world);
    await matchEvent(eventOf("order", { id: "o", time: on("01-05 10:01") }), ports);
    await matchEvent(eventOf("start", { id: "e" }), ports);
    await world.run();
    expect(await world.only()).toMatchObject({ status: "exited", reason: "bought" });
    expect(world.asked).not.toContain("start 1");
    expect(kept).toContainEqual(["c-1", "e", START, on("04-05 10:00")]);
  });

  test("by a repeated delivery, when the first one crashed before it", async () => {
    const world = new World({ still: true });
    await world.publish(brief({ goals }));
    const start = eventOf("start", { id: "e" });
    const crashed = watched(world.ports, (call, make) => {
      if (call === "store.keepEvent") throw new Error("crash");
      return make();
    });
    await expect(matchEvent(start, crashed)).rejects.toThrow("crash");
    const { ports, kept } = keeping(world);
    await matchEvent(start, ports);
    expect(kept).toEqual(until(on("04-05 10:00")));
  });
});

describe("nothing is kept", () => {
  test("for a journey that ends at once and has no goal", async () => {
    const { kept, advance } = await worldWith(brief());
    await advance();
    expect(kept).toEqual([]);
  });

  test("for a goal that is reached", async () => {
    const { world, kept, advance } = await worldWith(brief({ goals }));
    world.happens("order");
    await world.run();
    expect((await world.only()).goals).toHaveProperty("g");
    await advance();
    expect(kept).toEqual([]);
  });

  test("for an enrollment that a change of the customer began", async () => {
    const world = new World({ still: true });
    await world.publish(lasting({ trigger: { where: { field: "customer.tier", operator: "exists" } } }));
    world.happens("customer.updated", { changes: { tier: 1 } });
    await world.run();
    const { ports, kept } = keeping(world);
    await advanceEnrollment(await world.only(), ports);
    expect(kept).toEqual([]);
  });
});
