/** The daily quota of SES is used up: the customer waits natively, instead of a retry every few seconds. */
import { expect, test } from "vitest";
import { QuotaError, ThrottledError } from "../../../lambdas/app/errors.ts";
import { reconcile } from "../../../lambdas/app/exits/reconcile.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { plus } from "../../../lambdas/domain/time/time.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { START, World } from "../world.ts";

const components = { mail: { type: "sendTemplate", template: "hello" } };

test("a message behind a quota of six hours is sent after six calls, by one execution", async () => {
  let calls = 0;
  const world: World = new World({
    send: async () => {
      calls++;
      if (world.clock.now() < on("01-05 16:00")) throw new QuotaError("used up");
      return { sent: true };
    },
  });
  await world.publish(journey({ components }));
  await world.enter();
  for (let minutes = 0; minutes < 8 * 60; minutes += 5) {
    const until = plus(START, `PT${minutes + 5}M`);
    world.clock.plan(until, "timer", async () => void (await reconcile(10, world.ports)));
  }
  await world.run("01-05 18:00");
  expect(calls).toBe(7);
  expect(world.asked).toEqual(["start 1"]);
  const { status, steps, messages } = await world.only();
  expect([status, messages[0]?.state, messages[0]?.statuses.sent]).toEqual(["completed", "sent", on("01-05 16:00")]);
  expect(steps).toHaveLength(1);
});

test("while the customer waits, the step says why, nothing is claimed, and an exit still counts", async () => {
  const world = new World({
    send: async () => {
      throw new QuotaError("used up");
    },
    still: true,
  });
  await world.publish(journey({ components }));
  await world.enter();
  expect(await advanceEnrollment(await world.only(), world.ports)).toEqual({ next: "wait", until: on("01-05 11:00") });
  const { position, steps, messages, dueAt } = await world.only();
  expect([position.claim, messages, dueAt]).toEqual([undefined, [], on("01-05 11:05")]);
  expect(steps).toMatchObject([{ componentId: "mail", outcome: "waiting", reason: "daily-quota" }]);
});

test("the reconciler starts no second execution while the first one retries a throttled message", async () => {
  const world = new World({
    send: async () => {
      throw new ThrottledError("slow down");
    },
    still: true,
  });
  await world.publish(journey({ components }));
  await world.enter();
  await expect(advanceEnrollment(await world.only(), world.ports)).rejects.toThrow(ThrottledError);
  expect((await world.only()).dueAt).toBe(on("01-05 10:15"));
});
