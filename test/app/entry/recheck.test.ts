/**
 * An event that no journey listens to costs one write and no read. The rechecks close the gaps that this leaves: a
 * function that does not know a new journey yet, and an erasure that is in progress.
 */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { recheck } from "../../../lambdas/app/entry/recheck.ts";
import { ConflictError } from "../../../lambdas/app/errors.ts";
import { receiveEvent } from "../../../lambdas/app/receive/receive-event.ts";
import { MemoryJourneys } from "../../../simulator/memory-journeys.ts";
import { brief, journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { type Call, isOf, watched } from "../calls.ts";
import { bothWays, type Doing, handling, with_ } from "../every-order.ts";
import { eventOf, World } from "../world.ts";

const waitFor = journey({
  components: { rest: { type: "waitFor", branches: [{ id: "paid", event: "paid" }], within: "P1D" } },
});
const listening = [
  lasting({ exit: [{ id: "bought", event: "order" }], goals: [{ id: "g", event: "visit" }] }),
  { ...waitFor, id: "k" },
];

async function handled(event: Parameters<typeof matchEvent>[0], documents = listening) {
  const world = new World();
  for (const document of documents) await world.publish(document);
  const calls: Call[] = [];
  const ports = watched(world.ports, (call, make) => {
    if (!isOf("journeys", call)) calls.push(call);
    return make();
  });
  await matchEvent(event, ports);
  await world.run();
  return { world, calls };
}

describe("the calls that an event without listeners makes", () => {
  test("is one write, and no read", async () => {
    const { calls, world } = await handled(eventOf("page.viewed", { id: "e" }));
    expect(calls).toEqual(["store.commit"]);
    expect(await world.store.event("c-1", "e")).toMatchObject({ name: "page.viewed" });
  });

  test.each([
    ["a trigger", "start"],
    ["an exit", "order"],
    ["a goal", "visit"],
    ["a waitFor", "paid"],
  ])("is more for one that %s listens for", async (_, name) => {
    expect((await handled(eventOf(name))).calls).toContain("store.customer");
  });

  test.each([
    ["changes its customer", { changes: { plan: 1 } }],
    ["happened more than a minute ago, so its customer may have been erased since", { time: on("01-05 09:59") }],
  ])("is more for one that %s", async (_, more) => {
    expect((await handled(eventOf("page.viewed", more))).calls).toContain("store.customer");
  });

  test("is repeated after a conflict if the event is not stored", async () => {
    const world = await with_(lasting())();
    let refused = false;
    const ports = watched(world.ports, (_, make) => {
      if (refused) return make();
      refused = true;
      return Promise.reject(new ConflictError("another transaction"));
    });
    await matchEvent(eventOf("page.viewed", { id: "e" }), { ...ports, journeys: world.journeys });
    expect(await world.store.event("c-1", "e")).toBeDefined();
  });

  test("has the same result when it comes twice", async () => {
    const world = await with_(lasting())();
    for (let times = 0; times < 2; times++) await matchEvent(eventOf("page.viewed", { id: "e" }), world.ports);
    expect([...world.store.all()].flatMap(({ events }) => [...events.keys()])).toEqual(["e"]);
  });
});

test("events of a waitFor in an earlier version are watched, because a customer may still be there", async () => {
  const world = await with_(waitFor)();
  await world.enter();
  for (const status of ["active", "draft", "paused"]) {
    await world.publish(brief({ status }));
    expect((await world.journeys.catalog()).watches("paid"), status).toBe(true);
  }
  await matchEvent(eventOf("paid", { time: on("01-05 10:01") }), world.ports);
  await world.run();
  expect((await world.only()).steps).toMatchObject([{ outcome: "paid" }]);
});

/** A function that does not know the newest publication yet. */
const unaware =
  (doing: Doing): Doing =>
  (world, ports) =>
    doing(world, { ...ports, journeys: new MemoryJourneys() });

describe("a customer who enters a journey that not every function knows yet", () => {
  const later = { time: on("01-05 10:01") };

  test("exits by an event that such a function only stored", () =>
    bothWays({
      prepare: with_(lasting({ exit: [{ id: "bought", event: "order" }] })),
      first: handling("start"),
      second: unaware(handling("order", later)),
      then: async (world, at) => expect(await world.only(), at).toMatchObject({ status: "exited", reason: "bought" }),
    }));

  test("reaches a goal by such an event", () =>
    bothWays({
      prepare: with_(brief({ goals: [{ id: "g", event: "order" }] })),
      first: handling("start"),
      second: unaware(handling("order", later)),
      then: async (world, at) => expect(world.counted().j, at).toMatchObject({ "goal.g": 1, completed: 1 }),
    }));

  test("is woken by such an event", () =>
    bothWays({
      prepare: with_(waitFor),
      first: handling("start"),
      second: unaware(handling("paid", later)),
      then: async (world, at) => expect((await world.only()).steps, at).toMatchObject([{ outcome: "paid" }]),
    }));

  test("who entered by a change exits too", () =>
    bothWays({
      prepare: with_(
        lasting({
          trigger: { where: { field: "customer.plan", operator: "equals", value: 1 } },
          exit: [{ id: "bought", event: "order" }],
        }),
      ),
      first: async (_, ports, again) => {
        // At the recheck, the trigger's condition does not hold any more.
        const changes = { plan: again ? 2 : 1 };
        await matchEvent(eventOf("customer.updated", { id: again ? "v" : "u", changes, ...(again && later) }), ports);
        const data = { fields: ["customer.plan"] };
        return (again ? recheck : matchEvent)(eventOf("customer.changed", { id: "ch", system: true, data }), ports);
      },
      second: unaware(handling("order", later)),
      then: async (world, at) => {
        const [enrollment] = await world.store.enrollments("c-1");
        expect(enrollment, at).toMatchObject({ status: "exited", reason: "bought" });
      },
    }));
});

describe("a delivery that is re-checked", () => {
  const audience = { field: "customer.plan", operator: "equals", value: 1 };

  test("creates no new enrollment, and leaves the reason as it is", async () => {
    const world = new World();
    await world.publish(lasting());
    await world.publish(lasting({ id: "k", trigger: { event: "start", audience } }));
    await handling("start")(world, world.ports);
    await handling("customer.updated", { changes: { plan: 1 } })(world, world.ports);
    await world.run("01-05 10:02");
    await handling("start")(world, world.ports, true);
    expect((await world.only()).journeyId).toBe("j");
    expect(world.reasons()).toEqual(["audience-false"]);
  });

  test("catches up an enrollment whose trigger an edit has replaced since", async () => {
    const world = await with_(lasting({ exit: [{ id: "bought", event: "order" }] }))();
    await handling("start")(world, world.ports);
    await unaware(handling("order", { time: on("01-05 10:01") }))(world, world.ports);
    await world.publish(lasting({ exit: [{ id: "bought", event: "order" }], trigger: { event: "another" } }));
    await handling("start")(world, world.ports, true);
    expect(await world.only()).toMatchObject({ status: "exited", reason: "bought" });
  });
});

test("an event that is stored while its customer is erased does not stay", () =>
  bothWays({
    prepare: with_(lasting()),
    first: handling("page.viewed"),
    second: handling("customer.deleted", { time: on("01-05 10:01") }),
    then: async (world, at) => {
      const [partition] = [...world.store.all()];
      expect(partition?.events.size, at).toBe(0);
    },
  }));

test("an event from before the erasure no longer counts, even while it is still stored", async () => {
  const count = { operator: "greaterThanOrEquals", value: 1 };
  const world = await with_(
    lasting({ trigger: { event: "start", where: { event: "page.viewed", count, within: "P1D" } } }),
  )();
  await handling("customer.deleted", { time: on("01-05 10:01") })(world, world.ports);
  await handling("page.viewed")(world, world.ports);
  await world.run("01-05 10:02");
  await handling("start", { id: "s1", time: on("01-05 10:02") })(world, world.ports);
  expect(world.reasons()).toEqual(["where-false"]);
  await handling("page.viewed", { id: "p2", time: on("01-05 10:03") })(world, world.ports);
  await handling("start", { id: "s2", time: on("01-05 10:03") })(world, world.ports);
  expect((await world.only()).trigger.eventId).toBe("s2");
});

describe("a delivery is put into the queue for a recheck", () => {
  const envelope = (name: string) => ({
    id: "eb-1",
    source: "shop",
    "detail-type": name,
    time: "2026-01-05T10:00:00Z",
    detail: { customerId: "c-1", data: { a: [1] } },
  });
  const deliver = (world: World, delivery: unknown) =>
    receiveEvent(
      JSON.stringify(delivery),
      {},
      { ...world.ports, inbox: world.inbox, deadLetters: { put: () => Promise.reject(new Error("put aside")) } },
    );

  test.each([
    ["after two minutes, if it let a customer enter a new journey", "start", "01-05 10:00", [120]],
    ["not if it let a customer enter a journey that every function knows", "start", "01-05 10:15", []],
    ["not if the customer was refused", "refused", "01-05 10:00", []],
    ["not if no journey listens", "page.viewed", "01-05 10:00", []],
    ["after 13 minutes, if it erased a customer", "customer.deleted", "01-05 10:15", [780]],
  ])("%s", async (_, name, at, expected) => {
    const world = new World();
    await world.publish(lasting());
    await world.publish(lasting({ id: "k", status: "paused", trigger: { event: "refused" } }));
    await world.run(at);
    await deliver(world, envelope(name));
    expect(world.later.map(({ seconds }) => seconds)).toEqual(expected);
  });

  test("once, with the event's time and without its data; the recheck changes nothing if nothing was missed", async () => {
    const world = await with_(lasting())();
    await deliver(world, envelope("start"));
    await world.run();
    const [enrollment, counted] = [await world.only(), world.counted()];
    const [{ delivery } = { delivery: "" }] = world.later;
    expect(JSON.parse(delivery)).toEqual({
      ...envelope("start"),
      detail: { id: "eb-1", customerId: "c-1", time: on("01-05 10:00") },
      onceMore: true,
    });
    await world.run("01-05 10:02");
    await deliver(world, JSON.parse(delivery));
    await world.run();
    expect(world.later).toHaveLength(1);
    expect([await world.only(), world.counted(), world.reasons()]).toEqual([enrollment, counted, []]);
  });
});
