/** A customer's past leaves the way of their events, and is still there for everything that may need it. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import { brief, journey, on } from "../../behaviour/scenario-of.ts";
import { watched } from "../calls.ts";
import { eventOf, World } from "../world.ts";

const parts = {
  trigger: { event: "start", entry: "always" },
  exit: [{ id: "left", event: "leave" }],
  goals: [
    { id: "sale", event: "order", within: "P7D" },
    { id: "vip", where: { field: "customer.vip", operator: "equals", value: true }, within: "P7D" },
  ],
};
const shop = { ...brief(parts), ...parts };

/** The customer has gone through the journey this many times, once a day from January 5th on. It is March 1st. */
async function visited(times: number, document: Readonly<Record<string, unknown>> = shop): Promise<World> {
  const world = new World();
  await world.publish(document);
  for (let day = 5; day < 5 + times; day++) {
    await world.run(`01-${String(day).padStart(2, "0")} 10:00`);
    world.happens("start", { id: `start-${day}` });
  }
  await world.run("03-01 10:00");
  return world;
}

/** Something happens that the rules of the journey listen to. */
async function looks(world: World, name = "leave", more: object = {}): Promise<void> {
  world.happens(name, more);
  await world.run();
}

const numbers = async ({ store }: World) => [
  (await store.openEnrollments("c-1")).length,
  (await store.enrollments("c-1")).length,
];

describe("closing", () => {
  test.each([
    ["none", 0, [0, 0]],
    ["two, which cost nothing", 2, [2, 2]],
    ["three", 3, [0, 3]],
    ["twelve", 12, [0, 12]],
  ])("an event moves those that nothing counts for, of %s", async (_, times, expected) => {
    const world = await visited(times);
    await looks(world);
    expect(await numbers(world)).toEqual(expected);
  });

  test("a change of the customer does so too", async () => {
    const world = await visited(5);
    await looks(world, "any", { changes: { plan: "a" } });
    expect(await numbers(world)).toEqual([0, 5]);
  });

  test("an entry that counts those inside does so too", async () => {
    const limited = brief({ trigger: { event: "start", entry: { maxConcurrent: 1 } } });
    const world = await visited(5, limited);
    await looks(world, "start", { id: "new" });
    // Three were closed in January, and two are not worth a move.
    expect(await numbers(world)).toEqual([3, 6]);
  });

  test("an enrollment whose goal still counts stays open, and counts it once", async () => {
    const world = await visited(5);
    await looks(world, "start", { id: "late" });
    await world.run("03-03 10:00");
    await looks(world);
    expect(await numbers(world)).toEqual([1, 6]);
    await looks(world, "order");
    await looks(world, "order");
    expect(world.counted().j?.["goal.sale"]).toBe(1);
  });

  test("a failed move fails nothing, and the next event moves it", async () => {
    const world = await visited(5);
    let isDown = true;
    const ports = watched(world.ports, (call, make, [changes]) => {
      const isMove = call === "store.commit" && JSON.stringify(changes).includes('"closing"');
      return isDown && isMove ? Promise.reject(new Error("down")) : make();
    });
    Object.assign(world.ports, ports);
    await looks(world);
    expect(await numbers(world)).toEqual([5, 5]);
    isDown = false;
    await looks(world);
    expect(await numbers(world)).toEqual([0, 5]);
  });
});

describe("a closed enrollment", () => {
  const closed = async (document?: Readonly<Record<string, unknown>>) => {
    const world = await visited(5, document);
    await looks(world);
    expect(await numbers(world)).toEqual([0, 5]);
    return world;
  };

  test("is not created again by a delivery that comes again", async () => {
    const world = await closed();
    await matchEvent(eventOf("start", { id: "start-5", time: on("01-05 10:00") }), world.ports);
    expect(await numbers(world)).toEqual([0, 5]);
    expect(world.counted().j?.entered).toBe(5);
  });

  test("is not created again by a change that is delivered again", async () => {
    const changes = { field: "customer.n", operator: "exists" };
    const world = new World();
    await world.publish(brief({ trigger: { where: changes, entry: "always" } }));
    const delivered: Parameters<typeof matchEvent>[0][] = [];
    for (let day = 5; day < 10; day++) {
      await world.run(`01-0${day} 10:00`);
      world.happens("any", { changes: { n: day } });
      await world.run();
    }
    for (const { name, id, time, data } of world.published.flatMap((each) =>
      each.name === "customer.changed" ? [each] : [],
    ))
      delivered.push(eventOf(name, { id, time, data: data as never, system: true }));
    await world.run("03-01 10:00");
    await looks(world, "any", { changes: { other: 1 } });
    expect([delivered.length, ...(await numbers(world))]).toEqual([5, 2, 5]);
    for (const event of delivered) await matchEvent(event, world.ports);
    expect(await numbers(world)).toEqual([2, 5]);
  });

  test("counts a goal that was reached in its time and is delivered weeks later", async () => {
    const world = await closed();
    await looks(world, "order", { time: on("01-05 12:00") });
    expect(world.counted().j?.["goal.sale"]).toBe(1);
    expect(world.counted()).toEqual(world.recount());
    expect(await numbers(world)).toEqual([0, 5]);
  });

  test("counts a change in the same way; a change counts for every enrollment that began before it was stored", async () => {
    const world = await closed();
    await looks(world, "any", { time: on("01-05 12:00"), changes: { vip: true } });
    expect(world.counted().j?.["goal.vip"]).toBe(5);
  });

  const visit = { id: "visit", event: "visit" };
  test.each([
    ["a goal that an edit adds", [...shop.goals, { ...visit, within: "P90D" }], "visit", 5],
    [
      "a goal that an edit adds, if its time has passed",
      [...shop.goals, { ...visit, within: "P20D" }],
      "visit",
      undefined,
    ],
    ["a goal that an edit lengthens", [{ id: "sale", event: "order", within: "P90D" }], "order", 5],
    ["a goal that an edit changes in another way", [{ id: "sale", event: "buy", within: "P7D" }], "buy", undefined],
  ])("counts %s", async (_, goals, event, expected) => {
    const world = await closed();
    await world.run("03-02 10:00");
    await world.publish({ ...shop, goals });
    await world.run("03-10 10:00");
    await looks(world, event);
    expect(world.counted().j?.[`goal.${goals.at(-1)?.id}`]).toBe(expected);
    expect(world.counted()).toEqual(world.recount());
    expect(await numbers(world)).toEqual([0, 5]);
  });

  test("takes a report about its message", async () => {
    const mail = journey({
      trigger: { event: "start", entry: "always" },
      components: { mail: { type: "sendTemplate", template: "receipt" } },
    });
    const world = new World();
    await world.publish({ ...mail, exit: shop.exit });
    for (const id of ["a", "b", "c"]) world.happens("start", { id, changes: { email: "ann@shop.example" } });
    await world.run("03-01 10:00");
    await looks(world);
    const [first] = await world.store.enrollments("c-1");
    const messageId = first?.messages[0]?.messageId ?? "";
    await recordMessageStatus({ customerId: "c-1", time: on("03-01 10:00"), messageId, status: "read" }, world.ports);
    expect(world.counted().j?.["message.mail.read"]).toBe(1);
    expect(await numbers(world)).toEqual([0, 3]);
  });

  test("is erased with its customer", async () => {
    const world = await closed();
    await looks(world, "customer.deleted");
    expect(await numbers(world)).toEqual([0, 0]);
    expect(world.counted()).toEqual({});
  });

  test("counts in an entry rule", async () => {
    const twice = { ...shop, trigger: { event: "start", entry: { max: 5 } } };
    const world = await closed(twice);
    await looks(world, "start", { id: "sixth" });
    expect(world.reasons()).toEqual(["entry-limit"]);
  });
});
