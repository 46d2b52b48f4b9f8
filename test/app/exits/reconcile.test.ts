/** An overdue enrollment gets a new execution; after too many executions it fails. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { failEnrollment } from "../../../lambdas/app/exits/fail-enrollment.ts";
import { reconcile } from "../../../lambdas/app/exits/reconcile.ts";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { journey, lasting, on } from "../../behaviour/scenario-of.ts";
import { eventOf, World } from "../world.ts";

async function enrolled(document = lasting()) {
  const world = new World({ still: true });
  await world.publish(document);
  const ref = await world.enter();
  return { world, advance: () => advanceEnrollment(ref, world.ports) };
}

const nothing = { restarted: 0, failed: 0, stopped: 0 };
const again = { restarted: 1, failed: 0, stopped: 0 };

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

test("after 20 executions the enrollment fails with the reason stuck", async () => {
  const { world } = await enrolled();
  const done: string[] = [];
  for (let hour = 0; hour < 24; hour++) {
    await world.run(`01-06 ${String(hour).padStart(2, "0")}:00`);
    const { restarted, failed } = await reconcile(100, world.ports);
    done.push(restarted ? "again" : failed ? "failed" : "nothing");
  }
  expect(done).toEqual([...Array(19).fill("again"), "failed", ...Array(4).fill("nothing")]);
  expect(await world.only()).toMatchObject({ status: "failed", reason: "stuck", executions: 20 });
  expect(world.counted()).toEqual(world.recount());
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

describe("an execution that fails for good", () => {
  test("ends the enrollment with the error's name as the reason", async () => {
    const { world } = await enrolled();
    await failEnrollment(await world.only(), "States.Timeout", world.ports);
    expect(await world.only()).toMatchObject({ status: "failed", reason: "States.Timeout" });
    expect(world.counted().j).toMatchObject({ "failed.States.Timeout": 1 });
  });

  test("changes nothing of an enrollment that has ended", async () => {
    const { world, advance } = await enrolled(journey({ components: { tag: { type: "addTag", tags: ["x"] } } }));
    await advance();
    const ended = await world.only();
    await failEnrollment(ended, "States.Timeout", world.ports);
    expect(await world.only()).toEqual(ended);
  });
});
