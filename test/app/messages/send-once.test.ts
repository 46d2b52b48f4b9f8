/** A message is claimed, sent and recorded, also when the caller crashes, is throttled, or is refused. */
import { describe, expect, test } from "vitest";
import { PermanentError, ThrottledError } from "../../../lambdas/app/errors.ts";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import type { Mail } from "../../../lambdas/app/ports.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import type { PublishedEvent } from "../../../lambdas/domain/events/system-events.ts";
import type { Status } from "../../../lambdas/domain/messages/message-status.ts";
import { journey, on, sms } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

/** A customer before a message of some class, and a mail service with the given answers. */
async function before(
  template: "hello" | "receipt" | "sms",
  answers: readonly (Awaited<ReturnType<Mail["send"]>> | Error)[],
) {
  let calls = 0;
  const world = new World({
    still: true,
    send: async () => {
      const answer = answers[Math.min(calls++, answers.length - 1)] ?? { sent: true };
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  await world.publish(
    journey({
      components: { mail: { type: "sendTemplate", template, next: "tag" }, tag: { type: "addTag", tags: ["after"] } },
    }),
  );
  const ref = await world.enter();
  const advance = () => advanceEnrollment(ref, world.ports);
  const report = (status: Status, at: string) =>
    recordMessageStatus({ customerId: "c-1", messageId: `${ref.enrollmentId}-0`, status, time: on(at) }, world.ports);
  return { world, advance, report };
}

const lost = new Error("the connection was lost");
const sent = { sent: true } as const;
const message = async (world: World) => (await world.only()).messages[0];
const mail = async (world: World) => (await world.only()).steps.find(({ componentId }) => componentId === "mail");

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

describe("the caller crashes between sending and recording", () => {
  test("the claim stays, and the next call waits 15 minutes for a report", async () => {
    const { world, advance } = await before("hello", [lost]);
    await expect(advance()).rejects.toThrow(lost);
    expect(await message(world)).toMatchObject({ state: "claimed" });
    expect(await advance()).toEqual({ next: "wait", until: on("01-05 10:15") });
    await world.run("01-05 10:14:59.999");
    expect(await advance()).toEqual({ next: "wait", until: on("01-05 10:15") });
    expect(world.sent).toHaveLength(1);
  });

  test("marketing: the message is then unknown, it is never sent again, and the customer goes on", async () => {
    const { world, advance } = await before("hello", [lost]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    expect(await advance()).toEqual({ next: "continue" });
    expect(await advance()).toEqual({ next: "done" });
    expect(await message(world)).toMatchObject({ state: "unknown", attempts: 1 });
    expect(await mail(world)).toMatchObject({ outcome: "done", reason: "send-unknown" });
    expect(world.sent).toHaveLength(1);
    expect(world.counted().j).toMatchObject({ "message.mail.unknown": 1 });
    expect(world.counted()).toEqual(world.recount());
  });

  test("transactional: the message is then sent once more", async () => {
    const { world, advance } = await before("receipt", [lost, sent]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    expect(await advance()).toEqual({ next: "continue" });
    expect(await advance()).toEqual({ next: "done" });
    expect(await message(world)).toMatchObject({ state: "sent", attempts: 2 });
    expect(world.sent).toHaveLength(2);
    expect(world.sent[0]?.claim).toEqual(world.sent[1]?.claim);
    expect(world.counted()).toEqual(world.recount());
  });

  test("transactional, and the second call crashes too: the message is unknown", async () => {
    const { world, advance } = await before("receipt", [lost, lost]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    await advance();
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:30");
    expect(await advance()).toEqual({ next: "continue" });
    expect(await advance()).toEqual({ next: "done" });
    expect(await message(world)).toMatchObject({ state: "unknown", attempts: 2 });
    expect(world.sent).toHaveLength(2);
  });

  test.each(["hello", "receipt"] as const)(
    "%s: a report that proves the sending ends the waiting, nothing is sent again",
    async (template) => {
      const { world, advance, report } = await before(template, [lost]);
      await expect(advance()).rejects.toThrow(lost);
      await report("delivered", "01-05 10:01");
      expect(await message(world)).toMatchObject({ state: "sent", statuses: { delivered: on("01-05 10:01") } });
      expect(await advance()).toEqual({ next: "continue" });
      expect(await advance()).toEqual({ next: "done" });
      expect(await mail(world)).toMatchObject({ outcome: "done" });
      expect(world.sent).toHaveLength(1);
      expect(world.counted().j).toMatchObject({ "message.mail.sent": 1, "message.mail.delivered": 1 });
      expect(world.counted()).toEqual(world.recount());
    },
  );

  test("a report that comes after the message was given up corrects the record", async () => {
    const { world, advance, report } = await before("hello", [lost]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    await advance();
    await report("delivered", "01-05 10:01");
    expect(await message(world)).toMatchObject({ state: "sent" });
    expect(world.counted().j).not.toHaveProperty("message.mail.unknown");
    expect(world.counted()).toEqual(world.recount());
  });
});

describe("a channel of the app's own", () => {
  /** A bus that crashes right after or right before it has accepted the first request. */
  async function dying(side: "before" | "after") {
    const given = await before("sms", []);
    const { world } = given;
    const { bus } = world.ports;
    let died = false;
    const dies = {
      publish: async (events: readonly PublishedEvent[]) => {
        if (side === "after" || died) await bus.publish(events);
        if (!died) {
          died = true;
          throw lost;
        }
      },
    };
    const ref = await world.only();
    return { world, advance: () => advanceEnrollment(ref, { ...world.ports, bus: dies }) };
  }
  const requests = (world: World) => world.published.filter(({ name }) => name === "message.requested");

  test("is published with the claim's ids and its content only, and counts as requested, not as sent", async () => {
    const { world, advance } = await before("sms", []);
    await advance();
    const { enrollmentId } = await world.only();
    const about = { journeyId: "j", enrollmentId, componentId: "mail", messageId: `${enrollmentId}-0` };
    expect(requests(world)).toEqual([
      {
        name: "message.requested",
        id: expect.stringMatching(/^[a-z2-7]{26}$/),
        customerId: "c-1",
        time: on("01-05 10:00"),
        data: { ...about, template: "sms", class: "marketing", topic: "news", text: "Hi" },
        hops: 0,
      },
    ]);
    expect(await message(world)).toMatchObject({ state: "requested", statuses: {} });
    expect(world.sent).toEqual([]);
    expect(world.counted()).toEqual(world.recount());
  });

  test.each(["before", "after"] as const)(
    "a crash just %s publishing: published again at once, under the same id",
    async (side) => {
      const { world, advance } = await dying(side);
      await expect(advance()).rejects.toThrow(lost);
      expect(await message(world)).toMatchObject({ state: "claimed" });
      expect(await advance()).toEqual({ next: "continue" });
      expect(await advance()).toEqual({ next: "done" });
      expect(requests(world)).toHaveLength(side === "after" ? 2 : 1);
      expect(new Set(requests(world).map(({ id }) => id)).size).toBe(1);
      expect(await message(world)).toMatchObject({ state: "requested" });
      expect(world.counted()).toEqual(world.recount());
    },
  );

  test("a report that comes while it is unknown whether the message was requested is kept", async () => {
    const { world, advance } = await dying("after");
    await expect(advance()).rejects.toThrow(lost);
    const { messageId = "" } = (await message(world)) ?? {};
    const said = { customerId: "c-1", messageId, time: on("01-05 10:01") };
    await recordMessageStatus({ ...said, status: "failed" }, world.ports);
    await advance();
    await advance();
    expect(await message(world)).toMatchObject({ state: "requested", statuses: { failed: on("01-05 10:01") } });
    await recordMessageStatus({ ...said, status: "delivered" }, world.ports);
    expect(await message(world)).toMatchObject({ state: "sent" });
    expect(world.counted()).toEqual(world.recount());
  });

  test("a message that is too large for an event fails permanently", async () => {
    const { world, advance } = await before("sms", []);
    world.put({ ...sms, text: "x".repeat(250_000) });
    expect(await advance()).toEqual({ next: "done" });
    expect(requests(world)).toEqual([]);
    expect(await message(world)).toMatchObject({ state: "failed", reason: "too-large" });
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
