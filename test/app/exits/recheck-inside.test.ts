/** The recheck of customers inside after an edit of the rules: bounded calls, repetitions, crashes, throttles. */
import { describe, expect, test } from "vitest";
import { PermanentError, ThrottledError } from "../../../lambdas/app/errors.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import type { Call } from "../calls.ts";
import { CrashError } from "../crashes.ts";
import { Queue } from "../status-queue.ts";
import { START, World } from "../world.ts";

const before = journey({
  trigger: { event: "start", entry: "always" },
  components: { stay: { type: "wait", for: "P3D" } },
});
const after = {
  ...before,
  exit: [{ id: "moved", event: "moved.away" }],
  goals: [{ id: "asked", where: { field: "customer.asked", operator: "equals", value: true } }],
};

/**
 * Customers are inside. Every second one has moved away, and every third one has asked, while the edit went live: functions
 * with the older view have handled it. The tasks of the recheck are in the queue.
 */
async function edited(people: number): Promise<Queue> {
  const world = new World();
  await world.publish(before);
  const ids = Array.from({ length: people }, (_, person) => `c-${person}`);
  for (const customerId of ids) world.happens("start", { id: `start of ${customerId}`, customerId });
  await world.run("01-05 10:10");
  for (const [person, customerId] of ids.entries()) {
    if (person % 2 === 0) world.happens("moved.away", { id: `move of ${customerId}`, customerId });
    if (person % 3 === 0)
      world.happens("customer.updated", { id: `ask of ${customerId}`, customerId, changes: { asked: true } });
  }
  await world.run("01-05 10:11");
  const queue = new Queue(world);
  await world.journeys.freeze({ ...after, id: "j" } as never, 2);
  const live = await world.journeys.live("j");
  const at = world.clock.now();
  await world.journeys.publish("j", { ...live, version: 2, journey: after as never }, published(at));
  queue.tasks.push({ journeyId: "j", work: "recheck", since: at, rules: ["moved", "asked"], seconds: 0 });
  await world.run("01-05 10:14");
  return queue;
}

const published = (at: string) => ({ state: "published", version: 2, at, problems: [] }) as const;
const half = (people: number) => Math.ceil(people / 2);
const third = (people: number) => Math.ceil(people / 3);
const expected = (people: number) => ({
  entered: people,
  exited: half(people),
  "exited.moved": half(people),
  "goal.asked": third(people),
});

describe("a recheck", () => {
  test("of 1,201 customers takes three calls, each of at most 500", async () => {
    const queue = await edited(1201);
    let read = 0;
    queue.before = (call) => void (call === "store.openEnrollment" && read++);
    await queue.work();
    expect(read).toBe(500);
    expect(queue.tasks).toMatchObject([{ after: { customerId: expect.any(String) }, seconds: 0 }]);
    expect(await queue.workUntilEmpty()).toBe(2);
    expect(queue.world.counted().j).toMatchObject(expected(1201));
  });

  test("whose task comes twice changes nothing the second time", async () => {
    const queue = await edited(60);
    queue.tasks.push(...queue.tasks);
    await queue.workUntilEmpty();
    expect(queue.world.counted().j).toMatchObject(expected(60));
    expect(queue.world.counted()).toEqual(queue.world.recount());
  });

  test("leaves a customer alone for whom nothing was handled since", async () => {
    const queue = await edited(12);
    const [task] = queue.tasks.splice(0);
    if (task) queue.tasks.push({ ...task, since: queue.world.clock.now() });
    await queue.workUntilEmpty();
    expect(queue.world.counted().j).toMatchObject({ entered: 12, active: 12 });
  });

  test("reads the events of the changed rules only", async () => {
    const queue = await edited(12);
    const [task] = queue.tasks.splice(0);
    if (task) queue.tasks.push({ ...task, rules: ["asked"] });
    const calls: Call[] = [];
    queue.before = (call) => void calls.push(call);
    await queue.workUntilEmpty();
    expect(calls).not.toContain("store.events");
    expect(queue.world.counted().j).toMatchObject({ active: 12, "goal.asked": 4 });
  });

  test.each(["journeys.live", "store.inside", "store.openEnrollment", "store.events", "store.commit"] as const)(
    "dies before %s, at every place in turn: the task comes again, and every rule is applied",
    async (place) => {
      for (let nth = 1; nth <= 4; nth++) {
        const queue = await edited(4);
        let left = nth;
        queue.before = (call) => {
          if (call === place && --left === 0) throw new CrashError(place);
        };
        await queue.workUntilEmpty();
        expect(queue.world.counted().j, `${place} ${nth}`).toMatchObject(expected(4));
        expect(queue.world.counted()).toEqual(queue.world.recount());
      }
    },
  );

  test("that the database throttles goes on after some seconds with the first customer who is left", async () => {
    const queue = await edited(40);
    let throttles = 1;
    queue.before = (call) => {
      if (call === "store.commit" && throttles-- > 0) throw new ThrottledError("slow down");
    };
    await queue.work();
    expect(queue.tasks).toMatchObject([{ seconds: 5 }]);
    await queue.workUntilEmpty();
    expect(queue.world.counted().j).toMatchObject(expected(40));
  });

  test.each([
    ["for good", new PermanentError("gone"), false],
    ["perhaps not for good", new Error("broken"), true],
  ])("of which one customer fails %s: the others are rechecked", async (_, error, isThrown) => {
    const queue = await edited(12);
    const { store } = queue.world;
    const { openEnrollment } = store;
    store.openEnrollment = async (ref) => {
      if (ref.customerId === "c-0") throw error;
      return openEnrollment.call(store, ref);
    };
    const work = queue.workUntilEmpty();
    if (isThrown) await expect(work).rejects.toBe(error);
    else await work;
    expect(queue.world.counted().j).toMatchObject({ exited: 5, "goal.asked": 3 });
  });
});

describe("a save", () => {
  /** The tasks that a save has queued, and whether the rules were live by then. */
  async function saved(...documents: readonly Readonly<Record<string, unknown>>[]) {
    const world = new World();
    const queue = new Queue(world);
    Object.assign(world.ports, { statusTasks: queue.ports.statusTasks });
    for (const document of documents) await world.publish(document);
    return queue.tasks.map(({ part: _, ...task }) => task);
  }

  test("that adds rules queues their recheck in eight parts, which wait until no function has the older view", async () => {
    const task = { journeyId: "j", work: "recheck", since: START, rules: ["moved", "asked"], seconds: 130 };
    expect(await saved(before, after)).toEqual(Array.from({ length: 8 }, () => task));
  });

  test.each([
    ["is the first", [after]],
    ["removes rules", [after, before]],
    ["changes something else", [after, { ...after, name: "Other", status: "paused" }]],
    ["follows a draft", [{ ...before, status: "draft" }, after]],
  ])("that %s queues no recheck", async (_, documents) => expect(await saved(...documents)).toEqual([]));
});
