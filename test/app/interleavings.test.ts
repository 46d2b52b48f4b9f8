/** Two calls at the same time: the end is the same, whichever call writes first. */
import { describe, expect, test } from "vitest";
import { reconcile } from "../../lambdas/app/exits/reconcile.ts";
import { recordMessageStatus } from "../../lambdas/app/messages/record-message-status.ts";
import { unsubscribe } from "../../lambdas/app/messages/unsubscribe.ts";
import { publishJourney } from "../../lambdas/app/publish/publish-journey.ts";
import { advanceEnrollment } from "../../lambdas/app/walk/advance-enrollment.ts";
import { awaitSignal } from "../../lambdas/app/walk/await-signal.ts";
import { hello, journey, lasting, on } from "../behaviour/scenario-of.ts";
import { bothWays, type Doing, everyOrder, handling, with_ } from "./every-order.ts";
import { World } from "./world.ts";

const order = handling("order", { time: on("01-05 10:01") });

describe("while a customer enters, in every order of the calls", () => {
  test("the event that ends the journey comes: the customer exits", () =>
    bothWays({
      prepare: with_(lasting({ exit: [{ id: "bought", event: "order" }] })),
      first: handling("start"),
      second: order,
      then: async (world, at) => expect(await world.only(), at).toMatchObject({ status: "exited", reason: "bought" }),
    }));

  test("the change that ends the journey comes: the customer exits, or never enters", () =>
    bothWays({
      prepare: with_(lasting({ exit: [{ id: "gone", where: { field: "customer.gone", operator: "exists" } }] })),
      first: handling("start"),
      second: handling("customer.updated", { time: on("01-05 10:01"), changes: { gone: true } }),
      then: async (world, at) => {
        const [enrollment] = await world.store.enrollments("c-1");
        if (enrollment) expect(enrollment, at).toMatchObject({ status: "exited", reason: "gone" });
        else expect(world.reasons(), at).toEqual(["exit-holds"]);
      },
    }));

  test("the event that reaches a goal comes: the goal is counted once", () =>
    bothWays({
      prepare: with_(lasting({ goals: [{ id: "g", event: "order" }] })),
      first: handling("start"),
      second: order,
      then: async (world, at) => expect(world.counted().j, at).toMatchObject({ "goal.g": 1 }),
    }));

  test("the event that the first component waits for comes: the customer goes on", () =>
    bothWays({
      prepare: with_(
        journey({
          components: { rest: { type: "waitFor", branches: [{ id: "paid", event: "order" }], within: "P1D" } },
        }),
      ),
      first: handling("start"),
      second: order,
      then: async (world, at) => expect((await world.only()).steps, at).toMatchObject([{ outcome: "paid" }]),
    }));

  test("a second event lets the customer in: the entry limit of one holds", () =>
    bothWays({
      prepare: with_(lasting()),
      first: handling("start", { id: "a" }),
      second: handling("start", { id: "b" }),
      then: async (world, at) => {
        expect((await world.only()).status, at).toBe("active");
        expect(world.reasons(), at).toEqual(["entry-limit"]);
      },
    }));

  test("the journey is stopped: nobody is left inside", () =>
    bothWays({
      prepare: with_(lasting()),
      first: handling("start"),
      second: (_, ports) => publishJourney("j", lasting({ status: "stopped" }), ports),
      then: async (world, at) => {
        for (const { status } of await world.store.enrollments("c-1")) expect(status, at).toBe("exited");
      },
    }));

  test("the customer is deleted: nothing is left", () =>
    bothWays({
      prepare: with_(lasting()),
      first: handling("start", { changes: { email: "ann@shop.example" } }),
      second: handling("customer.deleted", { time: on("01-05 10:01") }),
      then: async (world, at) => {
        const [partition] = [...world.store.all()];
        expect([...(partition?.enrollments.values() ?? [])], at).toEqual([]);
        expect(JSON.stringify(partition?.customer), at).not.toContain("ann@");
        expect(partition?.entries.size, at).toBe(0);
      },
    }));
});

describe("while an enrollment is advanced, in every order of the calls", () => {
  const components = {
    tag: { type: "addTag", tags: ["a"], next: "mail" },
    mail: { type: "sendTemplate", template: "hello", next: "more" },
    more: { type: "addTag", tags: ["b"], next: "rest" },
    rest: { type: "wait", for: "P1D" },
  };
  const entered = (document: Readonly<Record<string, unknown>>) => async () => {
    const world = await with_(document, true)();
    await world.enter();
    await world.run();
    return world;
  };
  const walk: Doing = async (world, ports) => advanceEnrollment(await world.only(), ports);
  const inside = async (world: World, journeyId: string) => {
    const enrollment = (await world.store.enrollments("c-1")).find((each) => each.journeyId === journeyId);
    if (!enrollment) throw new Error(`nobody is in ${journeyId}`);
    return enrollment;
  };

  test("it is advanced a second time: every effect happens once", () =>
    everyOrder({
      prepare: entered(journey({ components })),
      first: walk,
      second: walk,
      then: async (world, at) => {
        expect(world.sent, at).toHaveLength(1);
        const outcomes = (await world.only()).steps.map(({ componentId }) => componentId);
        // A walk that finds a claim leaves the message to the claiming call, which may still be running.
        expect(["tag mail more rest", "tag", "tag mail"], at).toContain(outcomes.join(" "));
      },
    }));

  test("it is advanced a second time at an emitEvent: the event is published once", () =>
    everyOrder({
      prepare: entered(
        journey({ components: { emit: { type: "emitEvent", event: "noted", next: "rest" }, rest: components.rest } }),
      ),
      first: walk,
      second: walk,
      then: async (world, at) => {
        const noted = () => world.published.filter(({ name }) => name === "noted");
        expect(noted(), at).toHaveLength(1);
        // A later call of either execution does not repeat the event.
        await world.run("01-05 10:05");
        await walk(world, world.ports);
        expect(noted(), at).toHaveLength(1);
        expect(
          (await world.only()).steps.map(({ outcome }) => outcome),
          at,
        ).toEqual(["done", "waiting"]);
      },
    }));

  test("the customer exits: no component has any effect after it", () =>
    everyOrder({
      prepare: entered(journey({ exit: [{ id: "bought", event: "order" }], components })),
      first: walk,
      second: order,
      then: async (world, at) => {
        const { status, messages, steps } = await world.only();
        expect(status, at).toBe("exited");
        const { tags } = await world.store.customer("c-1");
        expect(tags.includes("a"), at).toBe(steps.some(({ componentId }) => componentId === "tag"));
        expect(tags.includes("b"), at).toBe(steps.some(({ componentId }) => componentId === "more"));
        expect(world.sent.length, at).toBe(messages.length);
      },
    }));

  /** Each of these keeps a message back: after it, nothing is claimed. */
  test.each<[string, string, Doing]>([
    ["unsubscribing", "unsubscribed", (_, ports) => unsubscribe({ customerId: "c-1" }, ports)],
    [
      "unsubscribing from the topic",
      "topic-unsubscribed",
      (_, ports) => unsubscribe({ customerId: "c-1", topic: "news" }, ports),
    ],
    [
      "the address's removal",
      "no-address",
      handling("customer.updated", { time: on("01-05 10:01"), changes: { email: null } }),
    ],
  ])("and %s: nothing is claimed after it", async (_, reason, second) => {
    const seen = new Set<string | undefined>();
    await everyOrder({
      prepare: async () => {
        const world = await entered(journey({ components }))();
        world.put({ ...hello, topic: "news" });
        return world;
      },
      first: walk,
      second: async (world, ports) => {
        const claimed = (await world.only()).messages.length > 0;
        await second(world, ports);
        world.asked.push(claimed ? "claimed before" : "not claimed before");
      },
      then: async (world, at) => {
        const [message] = (await world.only()).messages;
        const before = world.asked.includes("claimed before");
        expect(message?.state, at).toBe(before ? "sent" : "skipped");
        expect(message?.reason, at).toBe(before ? undefined : reason);
        expect(world.sent.length, at).toBe(before ? 1 : 0);
        seen.add(message?.state);
      },
    });
    expect(seen).toEqual(new Set(["sent", "skipped"]));
  });

  test("another journey sends to the same customer: the cap holds for both together", () =>
    everyOrder({
      prepare: async () => {
        const world = new World({ still: true });
        const limits = { cap: [{ max: 1, within: "P7D", otherwise: "skip" }] };
        // Nothing here changes the customer: only the send log makes the two journeys see each other.
        const { mail, rest } = { mail: { ...components.mail, next: "rest" }, rest: components.rest };
        for (const id of ["j", "k"]) await world.publish(journey({ id, limits, components: { mail, rest } }));
        world.happens("start", { changes: { email: "ann@shop.example" } });
        await world.run();
        return world;
      },
      first: async (world, ports) => advanceEnrollment(await inside(world, "j"), ports),
      second: async (world, ports) => advanceEnrollment(await inside(world, "k"), ports),
      then: async (world, at) => {
        expect(world.sent.length, at).toBe(1);
        const messages = (await world.store.enrollments("c-1")).flatMap(({ messages }) => messages);
        expect(messages.map(({ state, reason }) => reason ?? state).sort(), at).toEqual(["frequency-cap", "sent"]);
        expect((await world.store.sendLog("c-1")).sends, at).toHaveLength(1);
      },
    }));

  test("the customer is deleted: nothing is left", () =>
    bothWays({
      prepare: entered(journey({ components })),
      first: async (world, ports) => {
        const [enrollment] = await world.store.enrollments("c-1");
        if (enrollment) await advanceEnrollment(enrollment, ports);
      },
      second: handling("customer.deleted", { time: on("01-05 10:01") }),
      then: async (world, at) => {
        const [partition] = [...world.store.all()];
        expect(partition?.enrollments.size, at).toBe(0);
        expect(partition?.customer, at).toMatchObject({ attributes: {}, tags: [], deletedAt: on("01-05 10:01") });
      },
    }));

  test("the reconciler restarts it: the customer still goes on", () =>
    bothWays({
      prepare: async () => {
        const world = await entered(journey({ components }))();
        await world.run("01-05 10:06");
        return world;
      },
      first: walk,
      second: (_, ports) => reconcile(100, ports),
      then: async (world, at) => {
        await walk(world, world.ports);
        expect(world.sent.length, at).toBe(1);
        expect((await world.only()).steps.at(-1), at).toMatchObject({ componentId: "rest", outcome: "waiting" });
      },
    }));
});

describe("while an execution begins to wait, in every order of the calls", () => {
  const resting = (rest: object) => async () => {
    const components = { mail: { type: "sendTemplate", template: "hello", next: "rest" }, rest };
    const world = await with_(journey({ components }), true)();
    await advanceEnrollment(await world.enter(), world.ports);
    await world.run();
    return world;
  };
  const sleep: Doing = async (world, ports) => awaitSignal(await world.only(), 1, "T", ports);
  const woken = async (world: World, at: string) => expect(world.asked, at).toContain("signal T");

  test("the awaited event comes: the execution is woken", () =>
    bothWays({
      prepare: resting({ type: "waitFor", branches: [{ id: "paid", event: "order" }], within: "P1D" }),
      first: sleep,
      second: order,
      then: woken,
    }));

  test("the awaited message status comes: the execution is woken", () =>
    bothWays({
      prepare: resting({ type: "messageStatusRule", message: "mail", status: "read", within: "P1D" }),
      first: sleep,
      second: async (world, ports) => {
        const { customerId, enrollmentId } = await world.only();
        await recordMessageStatus(
          { customerId, messageId: `${enrollmentId}-0`, status: "read", time: on("01-05 10:01") },
          ports,
        );
      },
      then: woken,
    }));
});
