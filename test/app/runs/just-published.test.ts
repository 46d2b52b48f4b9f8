/** A run of a journey that was saved a moment ago, which not every function knows yet. */
import { describe, expect, test } from "vitest";
import { receiveEvent } from "../../../lambdas/app/receive/receive-event.ts";
import { enterByRun } from "../../../lambdas/app/runs/enter-by-run.ts";
import { planRun } from "../../../lambdas/app/runs/plan-run.ts";
import { runDelivery } from "../../../lambdas/domain/schedule/run-delivery.ts";
import { MemoryJourneys } from "../../../simulator/memory-journeys.ts";
import { type Document, journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { bothWays, type Doing, handling } from "../every-order.ts";
import { good, World } from "../world.ts";
import { letter } from "./shop.ts";
import { asked, enrollmentsOf, seed } from "./walk-run.ts";

const named = { kind: "customers", customerIds: ["c-1"] } as const;
const delivery = { journeyId: "j", runId: "j-1", customerId: "c-1" };

/** A run has begun, and c-1 is on its queue. */
const running = (document: Document) => async () => {
  const world = new World();
  seed(world, "c-1");
  await world.publish(document);
  await planRun(await asked("j", named, world), "execution-1", world.ports);
  return world;
};

/** A function whose view of the journeys is from before the save. */
const views: [string, Document | undefined][] = [
  ["that does not know the journey", undefined],
  ["for which the journey is paused", letter({}, { status: "paused" })],
  ["for which the journey is held", letter({}, { status: "held" })],
];

describe("the function of the queue", () => {
  /**
   * The function remembers the live journeys as they were before the save. It reads a version that it does not remember
   * from the table.
   */
  const outdated = async ({ ports, journeys: now }: World, before: Document | undefined) => {
    const then = new MemoryJourneys();
    const publication = { state: "published", version: 1, at: on("01-05 09:00"), problems: [] } as const;
    if (before) await then.publish("j", { version: 1, journey: good(before) }, publication);
    const liveNow = (id: string) => now.live(id);
    const version = (id: string, number: number) => now.version(id, number);
    return { ...ports, journeys: Object.assign(then, { liveNow, version }) };
  };

  test.each(views)("%s lets the customer in", async (_, before) => {
    const world = await running(letter())();
    await enterByRun(delivery, await outdated(world, before));
    await world.run();
    expect(enrollmentsOf(world)).toEqual({ "c-1": "completed" });
    expect(world.store.runCounts.get("j-1")).toEqual({ entered: 1 });
  });

  test("refuses the customer if the journey was paused after the run began", async () => {
    const world = await running(letter())();
    await world.publish(letter({}, { status: "paused" }));
    await enterByRun(delivery, world.ports);
    expect(world.store.runCounts.get("j-1")).toEqual({ "not-active": 1 });
  });
});

describe("a customer who enters by a run meanwhile", () => {
  const byRun: Doing = (_, ports, recheck = false) => enterByRun({ ...delivery, recheck }, ports);
  const unaware =
    (doing: Doing): Doing =>
    (world, ports) =>
      doing(world, { ...ports, journeys: new MemoryJourneys() });
  const later = { time: on("01-05 10:01") };

  test("exits by an event that a function without the journey only stored", () =>
    bothWays({
      prepare: running(lasting({ exit: [{ id: "bought", event: "order" }] })),
      first: byRun,
      second: unaware(handling("order", later)),
      then: async (world, at) => expect(await world.only(), at).toMatchObject({ status: "exited", reason: "bought" }),
    }));

  test("is woken by such an event", () =>
    bothWays({
      prepare: running(
        journey({
          components: { rest: { type: "waitFor", branches: [{ id: "paid", event: "paid" }], within: "P1D" } },
        }),
      ),
      first: byRun,
      second: unaware(handling("paid", later)),
      then: async (world, at) => expect((await world.only()).steps, at).toMatchObject([{ outcome: "paid" }]),
    }));
});

describe("a delivery of the queue is rechecked", () => {
  const received = async (hours: number) => {
    const world = await running(lasting())();
    await world.run(`01-05 ${10 + hours}:00`);
    const ports = { ...world.ports, inbox: world.inbox, deadLetters: { put: async () => {} } };
    await receiveEvent(runDelivery(delivery), {}, ports);
    const { later } = world;
    const first = [...later];
    for (const again of first) await receiveEvent(again.delivery, {}, ports);
    return { first, all: later, enrollments: enrollmentsOf(world) };
  };

  test("once, after the customer entered a journey that was published a moment ago", async () => {
    const { first, all, enrollments } = await received(0);
    expect(first).toEqual([{ delivery: runDelivery({ ...delivery, recheck: true }), seconds: 120 }]);
    expect(all).toEqual(first);
    expect(enrollments).toEqual({ "c-1": "active" });
  });

  test("never, if every function knows the journey", async () => {
    expect((await received(1)).all).toEqual([]);
  });
});
