/** Several callers at once, in every order of their calls: while an enrollment is advanced. */
import { describe, expect, test } from "vitest";
import { reconcile } from "../../lambdas/app/exits/reconcile.ts";
import { unsubscribe } from "../../lambdas/app/messages/unsubscribe.ts";
import { advanceEnrollment } from "../../lambdas/app/walk/advance-enrollment.ts";
import { hello, journey, on } from "../behaviour/scenario-of.ts";
import { bothWays, type Doing, everyOrder, handling, with_ } from "./every-order.ts";
import { order } from "./interleaved.ts";
import { World } from "./world.ts";

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
