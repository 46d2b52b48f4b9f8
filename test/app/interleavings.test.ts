/** Several callers at once, in every order of their calls: while a customer enters, and while an execution begins to wait. */
import { describe, expect, test } from "vitest";
import { recordMessageStatus } from "../../lambdas/app/messages/record-message-status.ts";
import { publishJourney } from "../../lambdas/app/publish/publish-journey.ts";
import { advanceEnrollment } from "../../lambdas/app/walk/advance-enrollment.ts";
import { awaitSignal } from "../../lambdas/app/walk/await-signal.ts";
import { journey, lasting, on } from "../behaviour/scenario-of.ts";
import { bothWays, type Doing, handling, with_ } from "./every-order.ts";
import { order } from "./interleaved.ts";
import type { World } from "./world.ts";

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
