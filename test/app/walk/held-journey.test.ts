/**
 * The protocol of a held journey: parking, tokens, the release, and what a crash or an old view of the journey does.
 */
import { describe, expect, test } from "vitest";
import { reconcile } from "../../../lambdas/app/exits/reconcile.ts";
import { releaseJourney } from "../../../lambdas/app/exits/release-journey.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { awaitSignal } from "../../../lambdas/app/walk/await-signal.ts";
import { plus } from "../../../lambdas/domain/time/time.ts";
import { immediateStatusTasks } from "../../../simulator/memory-status.ts";
import { type Document, journey } from "../../behaviour/scenario-of.ts";
import { crowd, ofACrowd } from "../../crowd.ts";
import { START, World } from "../world.ts";

/** `npm run faults` takes all of them. */
const PEOPLE = crowd(10_000);

const document = (parts: Document = {}) =>
  journey({
    components: {
      mail: { type: "sendTemplate", template: "hello", next: "day" },
      day: { type: "wait", for: "P1D", next: "tag" },
      tag: { type: "addTag", tags: ["after"] },
    },
    ...parts,
  });
const PARKED = { next: "awaitSignal", until: plus(START, "P300D"), visit: -1 };

/** The same ports, also for the tasks that a save begins. */
function withTasks(ports: Ports): Ports {
  const all: Ports = { ...ports, statusTasks: immediateStatusTasks(() => all) };
  return all;
}

async function held() {
  const world = new World({ still: true });
  await world.publish(document());
  const ref = await world.enter();
  await world.publish(document({ status: "held" }));
  return { world, ref, advance: () => advanceEnrollment(ref, world.ports) };
}

describe("a customer of a held journey", () => {
  test("is parked before the first component, and a repeated call stores nothing more", async () => {
    const { world, ref, advance } = await held();
    expect(await advance()).toEqual(PARKED);
    const parked = await world.only();
    expect(parked).toMatchObject({ status: "active", steps: [], parked: { since: START } });
    expect(await advance()).toEqual(PARKED);
    expect((await world.only()).revision).toBe(parked.revision);
    await awaitSignal(ref, -1, "token-1", world.ports);
    expect((await world.only()).parked).toEqual({ since: START, token: "token-1" });
    expect(world.sent).toEqual([]);
  });

  test("with a running wait keeps it, and is parked when it ends", async () => {
    const world = new World({ still: true });
    await world.publish(document());
    const ref = await world.enter();
    const advance = () => advanceEnrollment(ref, world.ports);
    const day = await advance();
    await world.publish(document({ status: "held" }));
    expect(await advance()).toEqual(day);
    expect((await world.only()).parked).toBeUndefined();
    await world.run("01-06 10:00");
    expect(await advance()).toMatchObject({ next: "awaitSignal", visit: -2 });
    expect((await world.only()).position.waiting).toBeDefined();
  });

  test("whose message is claimed gets it, and is parked behind it", async () => {
    const tagged = (parts: Document = {}) => {
      const mail = { type: "sendTemplate", template: "hello", next: "tag" };
      return journey({ components: { mail, tag: { type: "addTag", tags: ["after"] } }, ...parts });
    };
    const world = new World({
      still: true,
      send: async () => {
        await publishJourney("j", tagged({ status: "held" }), world.ports);
        return { sent: true };
      },
    });
    await world.publish(tagged());
    const ref = await world.enter();
    expect(await advanceEnrollment(ref, world.ports)).toMatchObject({ next: "awaitSignal", visit: -2 });
    const { messages, steps } = await world.only();
    expect([messages.map(({ state }) => state), steps.map(({ componentId }) => componentId)]).toEqual([
      ["sent"],
      ["mail"],
    ]);
  });

  test("who exits is not parked any more, and the token is gone", async () => {
    const { world, ref, advance } = await held();
    await advance();
    await awaitSignal(ref, -1, "token-1", world.ports);
    await world.publish(document({ status: "stopped" }));
    expect(await world.only()).toMatchObject({ status: "exited", reason: "journey-stopped" });
    expect(JSON.stringify(await world.only())).not.toContain("token-1");
  });
});

describe("a release", () => {
  test("removes the marker and wakes the execution once", async () => {
    const { world, ref, advance } = await held();
    await advance();
    await awaitSignal(ref, -1, "token-1", world.ports);
    await world.publish(document());
    expect(await world.only()).toMatchObject({ dueAt: plus(START, "PT5M") });
    expect((await world.only()).parked).toBeUndefined();
    await releaseJourney("j", world.ports);
    expect(world.asked.filter((call) => call.startsWith("signal"))).toEqual(["signal token-1"]);
    expect(await advance()).toMatchObject({ next: "wait" });
    expect(world.sent).toHaveLength(1);
  });

  test("that dies before the signal leaves the mark, so that a repeated release wakes the execution", async () => {
    const { world, ref, advance } = await held();
    await advance();
    await awaitSignal(ref, -1, "token-1", world.ports);
    const signal = () => Promise.reject(new Error("The function died."));
    const dying = withTasks({ ...world.ports, executions: { ...world.ports.executions, signal } });
    await expect(publishJourney("j", document(), dying)).rejects.toThrow("The function died.");
    await world.publish(document());
    expect(world.asked).toContain("signal token-1");
    expect((await world.only()).parked).toBeUndefined();
  });

  test("leaves the mark when an old view of the journey has parked the customer again", async () => {
    const { world, ref, advance } = await held();
    await advance();
    await awaitSignal(ref, -1, "token-1", world.ports);
    const signal = async () => {
      await awaitSignal(ref, -1, "token-2", world.ports);
      return true;
    };
    await publishJourney(
      "j",
      document(),
      withTasks({ ...world.ports, executions: { ...world.ports.executions, signal } }),
    );
    expect((await world.only()).parked).toMatchObject({ token: "token-2" });
    expect(await reconcile(10, world.ports)).toMatchObject({ restarted: 1 });
    expect(world.asked).toContain("signal token-2");
  });

  test("before the token is stored: the execution is woken when it hands over the token", async () => {
    const { world, ref, advance } = await held();
    await advance();
    await world.publish(document());
    await awaitSignal(ref, -1, "token-1", world.ports);
    expect(world.asked).toContain("signal token-1");
  });

  test("that missed a customer, because a function had an old view of the journey, is made up by the reconciler", async () => {
    const { world, ref, advance } = await held();
    await advance();
    await awaitSignal(ref, -1, "token-1", world.ports);
    expect(await reconcile(10, world.ports)).toMatchObject({ restarted: 0 });
    const live = await world.journeys.live("j");
    const publication = { state: "published", version: 1, at: START, problems: [] } as const;
    if (live)
      await world.journeys.publish("j", { ...live, journey: { ...live.journey, status: "active" } }, publication);
    expect(await reconcile(10, world.ports)).toMatchObject({ restarted: 1 });
    expect(world.asked).toContain("signal token-1");
    expect((await world.only()).executions).toBe(1);
  });

  test("whose execution was lost: the reconciler starts another one", async () => {
    const { world, advance } = await held();
    await advance();
    await world.publish(document());
    await world.run("01-05 10:06");
    await reconcile(10, world.ports);
    expect(world.asked.at(-1)).toBe("start 2");
  });
});

test.each([
  ["active", "active"],
  ["paused", "paused"],
])(
  "the pointer remembers that the journey was %s, also over a second save that holds it",
  async (before, remembered) => {
    const world = new World();
    await world.publish(document({ status: before }));
    await world.publish(document({ status: "held" }));
    await world.publish(document({ status: "held", name: "K" }));
    expect((await world.journeys.live("j"))?.beforeHold).toBe(remembered);
    await world.publish(document({ status: "active" }));
    expect((await world.journeys.live("j"))?.beforeHold).toBeUndefined();
  },
);

test("a broken edit that holds the journey holds its live version", async () => {
  const world = new World();
  await world.publish(document());
  const publication = await publishJourney("j", { ...document(), start: "nowhere", status: "held" }, world.ports);
  expect(publication).toMatchObject({ state: "rejected", version: 1 });
  expect(await world.journeys.live("j")).toMatchObject({
    version: 1,
    beforeHold: "active",
    journey: { status: "held" },
  });
});

test("a crowd of parked customers is released, and no customer is lost", ofACrowd, async () => {
  const world = new World();
  await world.publish(document({ trigger: { event: "start", entry: "always" } }));
  await world.publish(document({ trigger: { event: "start", entry: "always" }, status: "held" }));
  const live = await world.journeys.live("j");
  if (!live) throw new Error("The journey is not live.");
  // The customers enter by an old view of the journey, in which it is active.
  world.journeys.catalog = async () => ({
    journeys: [],
    triggeredBy: (name) => (name === "start" ? [{ ...live, journey: { ...live.journey, status: "active" } }] : []),
    watches: () => false,
    goalsReopenUntil: () => undefined,
    triggeredByChange: () => [],
    changeFields: new Map(),
    attributesRead: () => [],
  });
  const customers = Array.from({ length: PEOPLE }, (_, n) => `c-${n}`);
  for (const customerId of customers) await world.enter({ customerId, id: customerId });
  await world.run("01-06 10:00");
  expect(await Array.fromAsync(world.store.parked("j"))).toHaveLength(PEOPLE);
  await world.publish(document({ trigger: { event: "start", entry: "always" } }));
  await world.run("01-07 10:00");
  expect(await Array.fromAsync(world.store.parked("j"))).toEqual([]);
  expect(world.counted().j).toMatchObject({ completed: PEOPLE });
});
