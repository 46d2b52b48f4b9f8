/** Stops a journey with 10,000 customers inside (a tenth of them in `npm test`) while all of them are due for a message. */
import { expect, test } from "vitest";
import { PermanentError, ThrottledError } from "../../../lambdas/app/errors.ts";
import { reconcile } from "../../../lambdas/app/exits/reconcile.ts";
import { stopJourney } from "../../../lambdas/app/exits/stop-journey.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import { immediateStatusTasks } from "../../../simulator/memory-status.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import { crowd, ofACrowd } from "../../crowd.ts";
import { type CallCounts, watched } from "../calls.ts";
import { World } from "../world.ts";

/** The same ports, also for the tasks that a save begins. */
function withTasks(ports: Ports): Ports {
  const all: Ports = { ...ports, statusTasks: immediateStatusTasks(() => all) };
  return all;
}

const PEOPLE = crowd(10_000);

test(
  `all ${PEOPLE} exit, no customer gets a message once the stop is live, and each exit costs a read, a write and a stop`,
  ofACrowd,
  async () => {
    const world = new World();
    const document = journey({
      start: "hold",
      components: {
        hold: { type: "wait", for: "PT1H", next: "mail" },
        mail: { type: "sendTemplate", template: "hello" },
      },
    });
    await world.publish(document);
    for (let person = 0; person < PEOPLE; person++)
      world.happens("start", { customerId: `c-${person}`, changes: { email: `c-${person}@mail.example` } });
    await world.run("01-05 10:59");
    const calls: CallCounts = {};
    const ports = withTasks(
      watched(world.ports, (call, make) => {
        calls[call] = (calls[call] ?? 0) + 1;
        return make();
      }),
    );

    // The waits end while customers are being exited one by one.
    const stopped = publishJourney("j", { ...document, status: "stopped" }, ports);
    await world.run("01-05 11:30");
    await stopped;

    expect(world.sent).toEqual([]);
    expect(world.counted()).toEqual(world.recount());
    expect(world.counted().j).toMatchObject({ entered: PEOPLE, exited: PEOPLE, "exited.journey-stopped": PEOPLE });
    expect(world.counted().j).not.toHaveProperty("active");
    // A customer who exited at their next step already costs no write.
    expect(calls["store.enrollment"]).toBeLessThanOrEqual(PEOPLE);
    expect(calls["store.commit"]).toBeLessThanOrEqual(PEOPLE);
    expect(calls["executions.stop"]).toBeLessThanOrEqual(PEOPLE);
  },
);

test("if one enrollment cannot be stored, the others still exit, and the error is thrown", async () => {
  const world = new World();
  const document = journey({ start: "hold", components: { hold: { type: "wait", for: "PT1H" } } });
  await world.publish(document);
  for (const customerId of ["c-0", "c-1", "c-2"]) world.happens("start", { customerId });
  await world.run("01-05 10:10");
  const { store } = world.ports;
  const commit: typeof store.commit = async (changes) => {
    if (changes.some((change) => change.kind === "enrollment" && change.enrollment.customerId === "c-1"))
      throw new PermanentError("too large");
    await store.commit(changes);
  };
  const ports = withTasks({ ...world.ports, store: Object.assign(Object.create(store), { commit }) });
  await expect(publishJourney("j", { ...document, status: "stopped" }, ports)).rejects.toThrow("too large");
  expect(world.counted().j).toMatchObject({ entered: 3, exited: 2, active: 1 });
});

const waiting = (status: string) => ({
  ...journey({
    trigger: { event: "start", entry: "always" },
    start: "hold",
    components: {
      hold: { type: "wait", for: "PT1H", next: "mail" },
      mail: { type: "sendTemplate", template: "hello" },
    },
  }),
  status,
});

/** The stop is live, and no customer has exited yet. */
async function beginStop(world: World): Promise<void> {
  const live = await world.journeys.live("j");
  if (!live) throw new Error("The journey is not live.");
  const at = world.clock.now();
  const stopped = { ...live, stoppedAt: at, journey: { ...live.journey, status: "stopped" as const } };
  await world.journeys.publish("j", stopped, { state: "published", version: 1, at, problems: [] });
}

/** A stop that dies after some exits, and a save that makes the journey active again before the stop is complete. */
async function restartedDuringStop(): Promise<World> {
  const world = new World();
  await world.publish(waiting("active"));
  for (let person = 0; person < 6; person++)
    world.happens("start", { customerId: `c-${person}`, changes: { email: `c-${person}@mail.example` } });
  await world.run("01-05 10:10");
  await beginStop(world);
  expect(await stopJourney("j", world.ports, { most: 2 })).toMatchObject({ done: 2, isComplete: false });
  await world.run("01-05 10:20");
  await world.publish(waiting("active"));
  return world;
}

test.each([
  ["the next call of the stop", async (world: World) => void (await stopJourney("j", world.ports))],
  ["the reconciler", async (world: World) => void (await reconcile(100, world.ports))],
  ["their own next step", async (world: World) => world.run("01-05 11:30")],
])(
  "the journey is active again before the stop is complete: %s ends the others who were inside, and no one who came later",
  async (_, finish) => {
    const world = await restartedDuringStop();
    world.happens("start", { customerId: "new", changes: { email: "new@mail.example" } });
    await world.run("01-05 10:21");
    await finish(world);
    expect(world.counted().j).toMatchObject({ entered: 7, "exited.journey-stopped": 6 });
    await world.run("01-05 12:00");
    expect(world.sent.map(({ claim }) => claim.customerId)).toEqual(["new"]);
    expect(world.counted()).toEqual(world.recount());
  },
);

test("each part of the customers inside can be stopped by itself, and together they are all", async () => {
  const world = new World();
  await world.publish(waiting("active"));
  for (let person = 0; person < 80; person++) world.happens("start", { customerId: `c-${person}`, id: `e-${person}` });
  await world.run("01-05 10:10");
  await beginStop(world);
  const exited = [];
  for (let part = 0; part < 8; part++) exited.push((await stopJourney("j", world.ports, {}, part)).done);
  expect(exited.every((count) => count > 0 && count < 80)).toBe(true);
  expect(world.counted().j).toMatchObject({ exited: 80 });
});

test("after the first throttled stop of an execution, the other exits leave the execution to the reconciler in the same write", async () => {
  const world = new World();
  await world.publish(waiting("active"));
  for (let person = 0; person < 40; person++) world.happens("start", { customerId: `c-${person}` });
  await world.run("01-05 10:10");
  const calls: CallCounts = {};
  const ports = withTasks(
    watched(world.ports, (call, make) => {
      calls[call] = (calls[call] ?? 0) + 1;
      if (call === "executions.stop") throw new ThrottledError("slow down");
      return make();
    }),
  );
  await publishJourney("j", waiting("stopped"), ports);
  expect(world.counted().j).toMatchObject({ exited: 40 });
  expect(await Array.fromAsync(world.store.unstopped())).toHaveLength(40);
  // The ten exits at work when the first stop was throttled try a stop of their own, and need a second write.
  expect(calls["executions.stop"]).toBeLessThanOrEqual(10);
  expect(calls["store.commit"]).toBeLessThanOrEqual(50);
  await reconcile(100, world.ports);
  expect(await Array.fromAsync(world.store.unstopped())).toHaveLength(0);
});
