/** One message is sent at most once, and recorded. */
import { describe, expect, test } from "vitest";
import { PermanentError, ThrottledError } from "../../../lambdas/app/errors.ts";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import type { Mail } from "../../../lambdas/app/sending-ports.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";
import { before, lost, mail, message, sent } from "./before-sending.ts";

test("a sent message is recorded with its time, and the customer goes on", async () => {
  const { world, advance } = await before("hello", [sent]);
  expect(await advance()).toEqual({ next: "done" });
  expect(await message(world)).toMatchObject({ state: "sent", attempts: 1, statuses: { sent: on("01-05 10:00") } });
  expect(await mail(world)).toMatchObject({ outcome: "done" });
});

test("the message carries the claim's ids, so that reports find the message", async () => {
  const { world, advance } = await before("hello", [sent]);
  await advance();
  const { enrollmentId } = await world.only();
  expect(world.sent.map(({ claim }) => claim)).toEqual([
    { customerId: "c-1", enrollmentId, journeyId: "j", componentId: "mail", messageId: `${enrollmentId}-0` },
  ]);
});

test("a message that is refused permanently is recorded as failed with the reason, and the customer goes on", async () => {
  const { world, advance } = await before("hello", [{ sent: false, reason: "address-rejected" }]);
  expect(await advance()).toEqual({ next: "done" });
  expect(await message(world)).toMatchObject({
    state: "failed",
    reason: "address-rejected",
    statuses: { failed: on("01-05 10:00") },
  });
  expect(world.counted().j).toMatchObject({ "message.mail.failed": 1, completed: 1 });
  expect(world.counted()).toEqual(world.recount());
});

describe("throttled: nothing was sent, so the claim is released", () => {
  test.each(["hello", "receipt"] as const)("%s is sent at the next call, as the first attempt", async (template) => {
    const { world, advance } = await before(template, [new ThrottledError("slow down"), sent]);
    await expect(advance()).rejects.toThrow(ThrottledError);
    const released = await world.only();
    expect(released).toMatchObject({ messages: [], steps: [] });
    expect(released.position.claim).toBeUndefined();
    expect(await advance()).toEqual({ next: "done" });
    expect(await message(world)).toMatchObject({ state: "sent", attempts: 1 });
    expect(world.sent).toHaveLength(2);
    expect(world.counted()).toEqual(world.recount());
  });
});

describe("which messages count for frequency caps", () => {
  const counted = async (world: World) => (await world.store.sendLog("c-1")).sends.map(({ messageId }) => messageId);
  test.each<[string, readonly (Awaited<ReturnType<Mail["send"]>> | Error)[], number]>([
    ["what was sent", [sent], 1],
    ["what may have been sent", [lost], 1],
    ["not what was refused for good", [{ sent: false, reason: "address-rejected" }], 0],
    ["not what was throttled", [new ThrottledError("slow down")], 0],
  ])("%s", async (_, answers, times) => {
    const { world, advance } = await before("hello", answers);
    await advance().catch(() => {});
    expect(await counted(world)).toHaveLength(times);
  });

  test("a message that is sent a second time counts once", async () => {
    const { world, advance } = await before("receipt", [lost, sent]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    await advance();
    await advance();
    expect(world.sent).toHaveLength(2);
    expect(await counted(world)).toHaveLength(1);
  });

  test("a deletion of the customer removes the send log", async () => {
    const { world, advance } = await before("hello", [sent]);
    await advance();
    world.happens("customer.deleted", { time: on("01-05 10:01") });
    await world.run();
    expect(await world.store.sendLog("c-1")).toEqual({ customerId: "c-1", sends: [], revision: 0 });
  });
});

test("an unknown error is thrown, and the claim stays as after a crash", async () => {
  const { world, advance } = await before("hello", [new PermanentError("no such configuration set")]);
  await expect(advance()).rejects.toThrow(PermanentError);
  expect(await message(world)).toMatchObject({ state: "claimed" });
});

test("a report that comes before the sending is recorded is kept", async () => {
  const world: World = new World({
    still: true,
    send: async (_, { customerId, messageId }) => {
      await recordMessageStatus({ customerId, messageId, status: "delivered", time: on("01-05 10:00") }, world.ports);
      return { sent: true };
    },
  });
  await world.publish(journey({ components: { mail: { type: "sendTemplate", template: "hello" } } }));
  await advanceEnrollment(await world.enter(), world.ports);
  expect(await message(world)).toMatchObject({
    state: "sent",
    statuses: { sent: on("01-05 10:00"), delivered: on("01-05 10:00") },
  });
  expect(await world.only()).toMatchObject({ status: "completed" });
  expect(world.counted()).toEqual(world.recount());
});

test("an exit between claiming and recording ends the enrollment, and the message is still recorded as sent", async () => {
  const world: World = new World({
    still: true,
    send: async () => {
      world.happens("leave", { time: on("01-05 10:01") });
      await world.run();
      return { sent: true };
    },
  });
  const components = {
    mail: { type: "sendTemplate", template: "hello", next: "tag" },
    tag: { type: "addTag", tags: ["x"] },
  };
  await world.publish(journey({ exit: [{ id: "left", event: "leave" }], components }));
  expect(await advanceEnrollment(await world.enter(), world.ports)).toEqual({ next: "done" });
  expect(await world.only()).toMatchObject({ status: "exited", reason: "left", messages: [{ state: "sent" }] });
  expect((await world.store.customer("c-1")).tags).toEqual([]);
  expect(world.counted()).toEqual(world.recount());
});
