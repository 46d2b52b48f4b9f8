/** The tasks of a new status: bounded calls, a task for the rest, repetitions, throttles, and the progress. */
import { describe, expect, test } from "vitest";
import { ThrottledError } from "../../../lambdas/app/errors.ts";
import { reconcile } from "../../../lambdas/app/exits/reconcile.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { awaitSignal } from "../../../lambdas/app/walk/await-signal.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import { CrashError } from "../crashes.ts";
import { Queue } from "../status-queue.ts";
import { World } from "../world.ts";

const waiting = (status: string) =>
  journey({
    status,
    trigger: { event: "start", entry: "always" },
    components: {
      hold: { type: "wait", for: "PT1H", next: "tag" },
      tag: { type: "addTag", tags: ["after"] },
    },
  });

async function stopping(people: number): Promise<Queue> {
  const world = new World();
  await world.publish(waiting("active"));
  for (let person = 0; person < people; person++) world.happens("start", { customerId: `c-${person}` });
  await world.run("01-05 10:10");
  const queue = new Queue(world);
  const live = await world.journeys.live("j");
  if (!live) throw new Error("The journey is not live.");
  const at = world.clock.now();
  const stopped = { ...live, stoppedAt: at, journey: { ...live.journey, status: "stopped" as const } };
  await world.journeys.publish("j", stopped, { state: "published", version: 1, at, problems: [] });
  queue.tasks.push({ journeyId: "j", work: "stop", since: at, seconds: 0 });
  return queue;
}

describe("a stop", () => {
  test("of 1,201 customers takes three calls, each of at most 500, and the progress has their sum", async () => {
    const queue = await stopping(1201);
    await queue.work();
    expect(queue.world.counted().j).toMatchObject({ exited: 500, active: 701 });
    expect(queue.progress.items.get("j stop 0")).toMatchObject({ done: 500, complete: false });
    expect(await queue.workUntilEmpty()).toBe(2);
    expect(queue.progress.items.get("j stop 0")).toMatchObject({ done: 1201, complete: true });
    expect(queue.world.counted().j).toMatchObject({ entered: 1201, exited: 1201 });
  });

  test("whose task comes twice ends each customer once", async () => {
    const queue = await stopping(600);
    queue.tasks.push(...queue.tasks);
    await queue.workUntilEmpty();
    expect(queue.world.counted().j).toMatchObject({ exited: 600, "exited.journey-stopped": 600 });
    expect(queue.progress.items.get("j stop 0")).toMatchObject({ done: 600, complete: true });
  });

  test("that a later save begins again: the older tasks end, and the newer ones finish the work", async () => {
    const queue = await stopping(600);
    await queue.world.run("01-05 10:20");
    const since = queue.world.clock.now();
    queue.tasks.push({ journeyId: "j", work: "stop", since, seconds: 0 });
    queue.tasks.reverse();
    await queue.work();
    expect(queue.tasks.map((task) => task.since)).toEqual([since]);
    await queue.workUntilEmpty();
    expect(queue.world.counted().j).toMatchObject({ exited: 600 });
  });

  test.each(["store.enrollment", "store.commit", "executions.stop", "statusProgress.note", "statusTasks.add"] as const)(
    "dies before %s, at every place in turn: the task comes again, and everyone exits",
    async (place) => {
      for (let nth = 1; nth <= 3; nth++) {
        const queue = await stopping(3);
        // Two small parts and one call that is throttled, so that a task for the rest is added.
        let [left, throttles] = [nth, 1];
        queue.before = (call) => {
          if (call === "store.commit" && place === "statusTasks.add" && throttles-- > 0)
            throw new ThrottledError("slow down");
          if (call === place && --left === 0) throw new CrashError(place);
        };
        await queue.workUntilEmpty().catch((error: unknown) => {
          // A customer's own failure makes the whole task come again.
          if (!(error instanceof CrashError)) throw error;
        });
        queue.before = () => {};
        await queue.workUntilEmpty();
        expect(queue.world.counted().j, `${place} ${nth}`).toMatchObject({ exited: 3 });
        expect(queue.world.counted()).toEqual(queue.world.recount());
      }
    },
  );

  test("that the database throttles pauses for some seconds, and fails no record", async () => {
    const queue = await stopping(40);
    let throttles = 3;
    queue.before = (call) => {
      if (call === "store.commit" && throttles-- > 0) throw new ThrottledError("slow down");
    };
    await queue.work();
    expect(queue.tasks).toMatchObject([{ seconds: 5 }]);
    await queue.workUntilEmpty();
    expect(queue.world.counted().j).toMatchObject({ exited: 40 });
  });

  test("of which one customer cannot be stored: the others exit over all calls, then the error is thrown", async () => {
    const queue = await stopping(600);
    const broken = new Error("broken");
    const { store } = queue.world;
    const { enrollment } = store;
    store.enrollment = async (ref) => {
      if (ref.customerId === "c-0") throw broken;
      return enrollment.call(store, ref);
    };
    await expect(queue.workUntilEmpty()).rejects.toBe(broken);
    expect(queue.world.counted().j).toMatchObject({ exited: 599, active: 1 });
    expect(queue.progress.items.get("j stop 0")).toMatchObject({ done: 599, complete: false });
  });
});

describe("a release", () => {
  /** A parked customer whose execution has handed over its token; the journey is not held any more. */
  async function released(): Promise<Queue> {
    const world = new World({ still: true });
    await world.publish(waiting("active"));
    const ref = await world.enter();
    await world.publish(waiting("held"));
    await advanceEnrollment(ref, world.ports);
    await world.run("01-05 11:30");
    await advanceEnrollment(ref, world.ports);
    await awaitSignal(ref, -1, "token-1", world.ports);
    const queue = new Queue(world);
    const live = await world.journeys.live("j");
    if (!live) throw new Error("The journey is not live.");
    const at = world.clock.now();
    const publication = { state: "published", version: 1, at, problems: [] } as const;
    const active = { ...live, journey: { ...live.journey, status: "active" as const } };
    await world.journeys.publish("j", active, publication);
    queue.tasks.push({ journeyId: "j", work: "release", since: at, seconds: 0 });
    return queue;
  }

  test.each([
    ["AWS throttles", () => new ThrottledError("slow down")],
    ["dies at", () => new CrashError("died")],
  ])("whose signal %s keeps the token, and sends the signal at the next call", async (_, fault) => {
    const queue = await released();
    let left = 1;
    queue.before = (call) => {
      if (call === "executions.signal" && left-- > 0) throw fault();
    };
    await queue.work().catch(() => {});
    expect((await queue.world.only()).parked).toMatchObject({ token: "token-1" });
    if (queue.tasks.length === 0) await reconcile(10, queue.world.ports);
    await queue.workUntilEmpty();
    expect(queue.world.asked).toContain("signal token-1");
    expect((await queue.world.only()).parked).toBeUndefined();
  });

  test("that dies after its signal does no harm: the customer is released at the next call", async () => {
    const queue = await released();
    let left = 1;
    queue.before = (call) => {
      if (call === "store.commit" && left-- > 0) throw new CrashError("died");
    };
    await queue.work().catch(() => {});
    await reconcile(10, queue.world.ports);
    expect((await queue.world.only()).parked).toBeUndefined();
    expect(queue.world.counted()).toEqual(queue.world.recount());
  });

  test("does nothing while the journey is held again", async () => {
    const queue = await released();
    await queue.world.publish(waiting("held"));
    await queue.workUntilEmpty();
    expect((await queue.world.only()).parked).toMatchObject({ token: "token-1" });
  });
});
