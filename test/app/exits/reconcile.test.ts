/** The reconciler: which enrollments are overdue, and how they go on. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { reconcile } from "../../../lambdas/app/exits/reconcile.ts";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import { journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { eventOf, World } from "../world.ts";
import { again, enrolled, nothing } from "./enrolled.ts";

describe("overdue", () => {
  test("an enrollment whose execution never started, five minutes after the entry", async () => {
    const { world } = await enrolled();
    await world.run("01-05 10:05");
    expect(await reconcile(100, world.ports)).toEqual(nothing);
    await world.run("01-05 10:05:00.001");
    expect(await reconcile(100, world.ports)).toEqual(again);
    expect(world.asked).toEqual(["start 1", "start 2"]);
    expect(await world.only()).toMatchObject({ executions: 2, dueAt: on("01-05 10:10:00.001") });
  });

  test.each([
    ["wait", { type: "wait", for: "P1D" }],
    ["waitFor", { type: "waitFor", branches: [{ id: "x", event: "x" }], within: "P1D" }],
  ])("somebody whose %s has ended five minutes ago; not a moment sooner", async (_, rest) => {
    const { world, advance } = await enrolled(journey({ components: { rest } }));
    await advance();
    await world.run("01-06 10:05");
    expect(await reconcile(100, world.ports)).toEqual(nothing);
    await world.run("01-06 10:05:00.001");
    expect(await reconcile(100, world.ports)).toEqual(again);
    expect(await advance()).toEqual({ next: "done" });
    expect(await world.only()).toMatchObject({ status: "completed" });
    expect((await world.only()).dueAt).toBeUndefined();
  });

  test("the new execution goes on from the stored position: no effect comes twice", async () => {
    const components = {
      mail: { type: "sendTemplate", template: "hello", next: "rest" },
      rest: { type: "wait", for: "P1D" },
    };
    const { world, advance } = await enrolled(journey({ components }));
    await advance();
    await world.run("01-07 10:00");
    await reconcile(100, world.ports);
    await advance();
    expect(world.sent).toHaveLength(1);
    expect(world.counted()).toEqual(world.recount());
  });

  test("an enrollment is not restarted a second time before the new execution had its time", async () => {
    const { world } = await enrolled();
    await world.run("01-05 10:06");
    expect(await reconcile(100, world.ports)).toEqual(again);
    expect(await reconcile(100, world.ports)).toEqual(nothing);
    await world.run("01-05 10:11");
    expect(await reconcile(100, world.ports)).toEqual(nothing);
    await world.run("01-05 10:11:00.001");
    expect(await reconcile(100, world.ports)).toEqual(again);
  });
});

test.each([
  ["the event that the customer waited for", { type: "waitFor", branches: [{ id: "x", event: "x" }], within: "P99D" }],
  [
    "the status that the customer waited for",
    { type: "messageStatusRule", message: "mail", status: "read", within: "P99D" },
  ],
])(
  "somebody whose execution was lost is looked after five minutes after %s, not at the end of the wait",
  async (_, rest) => {
    const components = { mail: { type: "sendTemplate", template: "hello", next: "rest" }, rest };
    const { world, advance } = await enrolled(journey({ components }));
    await advance();
    await world.run("01-06 10:00");
    const [message] = (await world.only()).messages;
    const report = {
      customerId: "c-1",
      messageId: message?.messageId ?? "",
      status: "read",
      time: on("01-06 10:00"),
    } as const;
    await recordMessageStatus(report, world.ports);
    world.happens("x");
    await world.run("01-06 10:05");
    expect(await reconcile(100, world.ports)).toEqual(nothing);
    await world.run("01-06 10:05:00.001");
    expect(await reconcile(100, world.ports)).toEqual(again);
    expect(await advance()).toEqual({ next: "done" });
  },
);

test("an ended enrollment is never overdue", async () => {
  const { world, advance } = await enrolled(journey({ components: { tag: { type: "addTag", tags: ["x"] } } }));
  await advance();
  await world.run("02-05 10:00");
  expect(await reconcile(100, world.ports)).toEqual(nothing);
});

describe("an enrollment whose executions are always lost", () => {
  test("gets the next one later and later, and is closed with the reason stuck after 20", async () => {
    const { world } = await enrolled();
    const restarts: string[] = [];
    for (let hour = 0; hour < 200; hour++) {
      await world.run(
        new Date(Date.parse(on("01-06 00:00")) + hour * 3_600_000).toISOString().slice(5, 16).replace("T", " "),
      );
      const { restarted, failed } = await reconcile(100, world.ports);
      if (restarted) restarts.push(`${hour}`);
      if (failed) restarts.push(`closed at ${hour}`);
    }
    expect(restarts.slice(0, 9)).toEqual(["0", "1", "2", "3", "4", "6", "9", "15", "22"]);
    expect(restarts.slice(-2)).toEqual(["92", "closed at 99"]);
    expect(await world.only()).toMatchObject({ status: "failed", reason: "stuck", executions: 20 });
    expect(world.counted()).toEqual(world.recount());
  });
});

test("a run ends when its time is over", async () => {
  const world = new World({ still: true });
  await world.publish(lasting());
  await world.enter();
  await world.run("01-05 11:00");
  expect(await reconcile(100, world.ports, on("01-05 11:00"))).toEqual(nothing);
  expect(await reconcile(100, world.ports, on("01-05 11:04"))).toEqual(again);
});

test("enrollments that fail in every run do not keep the others from their turn", async () => {
  const world = new World({ still: true });
  await world.publish(lasting());
  for (let n = 0; n < 50; n++) await world.enter({ customerId: `poison-${n}` });
  await world.run("01-05 10:01");
  for (let n = 0; n < 10; n++) await world.enter({ customerId: `good-${n}` });
  await world.run("01-05 11:00");
  const started: string[] = [];
  const start = async ({ customerId }: { customerId: string }) => {
    if (customerId.startsWith("poison")) throw new Error("poison");
    started.push(customerId);
  };
  const ports = { ...world.ports, executions: { ...world.ports.executions, start } };
  for (const minute of ["00", "05"]) {
    await world.run(`01-05 11:${minute}`);
    await expect(reconcile(45, ports)).rejects.toThrow("poison");
  }
  expect(started).toHaveLength(10);
});

test("one run handles at most `most` enrollments; the next run handles the others", async () => {
  const world = new World({ still: true });
  await world.publish(lasting());
  for (let n = 0; n < 5; n++) await world.enter({ customerId: `c-${n}` });
  await world.run("01-05 11:00");
  expect([await reconcile(2, world.ports), await reconcile(2, world.ports), await reconcile(2, world.ports)]).toEqual([
    { ...nothing, restarted: 2 },
    { ...nothing, restarted: 2 },
    again,
  ]);
});

describe("a customer who enters a journey while it is being stopped, because a function still sees it live", () => {
  async function latecomers(many: number) {
    const { world } = await enrolled();
    const view = { catalog: await world.journeys.catalog(), live: await world.journeys.live("j") };
    await world.publish({ ...lasting(), status: "stopped" });
    const journeys = Object.assign(Object.create(world.journeys), {
      catalog: async () => view.catalog,
      live: async () => view.live,
    });
    for (let n = 2; n < 2 + many; n++)
      await matchEvent(eventOf("start", { id: `e-${n}`, customerId: `c-${n}` }), { ...world.ports, journeys });
    expect(world.counted().j).toMatchObject({ exited: 1, active: many });
    return world;
  }

  test("exits when the reconciler runs within 15 minutes", async () => {
    const world = await latecomers(1);
    await world.run("01-05 10:04");
    expect(await reconcile(100, world.ports)).toEqual({ ...nothing, stopped: 1 });
    expect(world.counted().j).toMatchObject({ exited: 2, "exited.journey-stopped": 2 });
    expect(world.counted().j).not.toHaveProperty("active");
    expect(await reconcile(100, world.ports)).toEqual(nothing);
  });

  test("at most `most` of them in one run", async () => {
    const world = await latecomers(3);
    expect(await reconcile(2, world.ports)).toEqual({ ...nothing, stopped: 2 });
    expect(await reconcile(2, world.ports)).toEqual({ ...nothing, stopped: 1 });
  });

  test("a journey that is active again keeps its customers", async () => {
    const world = await latecomers(1);
    await world.publish(lasting());
    expect(await reconcile(100, world.ports)).toEqual(nothing);
  });
});
