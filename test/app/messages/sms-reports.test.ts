/** Reports about a text message, read as the service sends them: in every order, about a lost send, and a burst at the rate. */
import { describe, expect, test } from "vitest";
import { reportIn } from "../../../lambdas/adapters/sms/report-in.ts";
import { textOf } from "../../../lambdas/adapters/sms/text-message.ts";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import type { Mail } from "../../../lambdas/app/sending-ports.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";
import { says } from "./inbound.ts";

const sender = "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1";
const phone = "+491713920001";

/** A customer who waits for the delivery of a text message, or is about to get it. */
async function reminded(given: { send?: Mail["send"]; still?: boolean } = {}) {
  const world = new World(given);
  world.put({ id: "hello", channel: "sms", class: "marketing", text: "Hi" });
  await world.publish(
    journey({
      components: {
        remind: { type: "sendTemplate", template: "hello", next: "arrived" },
        arrived: { type: "messageStatusRule", message: "remind", status: "delivered", within: "P2D", met: "yes" },
        yes: { type: "addTag", tags: ["reached"] },
      },
    }),
  );
  await world.enter({ changes: { phone } });
  return world;
}

/** The service's own report about the message that the world sent. */
async function report({ sent, ports }: World, eventType: string, at: string): Promise<void> {
  const [first] = sent;
  if (!first) throw new Error("Nothing was sent.");
  const context = textOf(first.message, first.claim, { sender }, "the-stack").Context;
  const detail = { eventType, eventTimestamp: Date.parse(on(at)), context };
  const found = reportIn({ source: "aws.sms-voice", time: on(at), detail }, (time) => time);
  if (found && "customerId" in found) await recordMessageStatus(found, ports);
}

function ordersOf<T>(all: readonly T[]): T[][] {
  return all.length === 0
    ? [[]]
    : all.flatMap((each, index) => ordersOf(all.toSpliced(index, 1)).map((rest) => [each, ...rest]));
}

const reports = [
  ["TEXT_QUEUED", "01-05 10:01"],
  ["TEXT_SENT", "01-05 10:02"],
  ["TEXT_DELIVERED", "01-05 10:04"],
  ["TEXT_DELIVERED", "01-05 10:05"],
] as const;

test("every order of the reports, repeated and days late, leads to the same facts and the same way", async () => {
  const orders = ordersOf(reports);
  expect(orders).toHaveLength(24);
  const seen = new Set<string>();
  for (const order of orders) {
    const world = await reminded();
    await world.run("01-05 10:30");
    for (const [eventType, at] of order) await report(world, eventType, at);
    await world.run("01-08 10:00");
    const { status, messages, steps } = await world.only();
    seen.add(JSON.stringify([status, messages[0]?.statuses, messages[0]?.state, steps.map(({ outcome }) => outcome)]));
    expect(world.counted()).toEqual(world.recount());
  }
  const statuses = { sent: on("01-05 10:00"), delivered: on("01-05 10:04") };
  expect([...seen].map((each) => JSON.parse(each))).toEqual([["completed", statuses, "sent", ["done", "met", "done"]]]);
});

test("an answer among the reports is the status replied, in every order", async () => {
  for (const order of ordersOf(["TEXT_SENT", "TEXT_DELIVERED", "answer", "answer"])) {
    const world = await reminded();
    await world.run("01-05 10:30");
    for (const each of order)
      if (each === "answer") await says(world, { at: "01-05 10:20", id: "i-1" });
      else await report(world, each, "01-05 10:04");
    await world.run("01-08 10:00");
    const { status, messages, steps } = await world.only();
    const statuses = { sent: on("01-05 10:00"), delivered: on("01-05 10:04"), replied: on("01-05 10:20") };
    const found = [status, messages[0]?.statuses, steps.map(({ outcome }) => outcome)];
    expect(found, JSON.stringify(order)).toEqual(["completed", statuses, ["done", "met", "done"]]);
    expect(world.counted()).toEqual(world.recount());
  }
});

describe.each([
  ["TEXT_BLOCKED"],
  ["TEXT_CARRIER_BLOCKED"],
  ["TEXT_CARRIER_UNREACHABLE"],
  ["TEXT_INVALID"],
  ["TEXT_INVALID_MESSAGE"],
  ["TEXT_PROTECT_BLOCKED"],
  ["TEXT_SPAM"],
  ["TEXT_TTL_EXPIRED"],
  ["TEXT_UNREACHABLE"],
])("after %s", (failure) => {
  test.each(ordersOf([failure, "TEXT_QUEUED", "TEXT_SENT"]))(
    "with the order %s, %s, %s, the customer goes on at once",
    async (...order) => {
      const world = await reminded();
      await world.run("01-05 10:30");
      for (const eventType of order) await report(world, eventType, "01-05 10:01");
      await world.run("01-05 11:00");
      const { status, steps, messages } = await world.only();
      expect([status, steps.map(({ outcome }) => outcome)]).toEqual(["completed", ["done", "notMet"]]);
      expect(messages[0]?.statuses).toMatchObject({ failed: on("01-05 10:01") });
    },
  );
});

test.each([
  ["TEXT_DELIVERED", "before the message is given up", "sent"],
  ["TEXT_DELIVERED", "after that", "sent"],
  ["TEXT_UNREACHABLE", "before the message is given up", "unknown"],
  ["TEXT_UNREACHABLE", "after that", "unknown"],
] as const)(
  "a send of which nobody knows whether it happened: after %s %s, the message is %s, and is never sent again",
  async (eventType, when, state) => {
    const lost = async () => {
      throw new Error("the connection was lost");
    };
    const world = await reminded({ send: lost, still: true });
    const advance = async () => advanceEnrollment(await world.only(), world.ports);
    await expect(advance()).rejects.toThrow("the connection was lost");
    if (when !== "after that") await report(world, eventType, "01-05 10:01");
    await world.run("01-05 10:15");
    await advance();
    if (when === "after that") {
      expect((await world.only()).messages[0]?.state).toBe("unknown");
      await report(world, eventType, "01-05 10:01");
    }
    const { messages } = await world.only();
    expect([messages[0]?.state, world.sent.length]).toEqual([state, 1]);
    expect(world.counted()).toEqual(world.recount());
  },
);

test("who says in the middle of a journey that they want no more texts gets none, and goes on", async () => {
  const world = new World();
  world.put({ id: "hello", channel: "sms", class: "marketing", text: "Hi" });
  await world.publish(
    journey({
      components: {
        first: { type: "sendTemplate", template: "hello", next: "pause" },
        pause: { type: "wait", for: "P1D", next: "second" },
        second: { type: "sendTemplate", template: "hello" },
      },
    }),
  );
  await world.enter({ changes: { phone } });
  await world.run("01-05 12:00");
  world.happens("asked", { id: "stop", changes: { unsubscribedChannels: ["sms"] } });
  await world.run("01-07 12:00");
  const { status, messages } = await world.only();
  expect([status, messages.map(({ state, reason }) => reason ?? state)]).toEqual([
    "completed",
    ["sent", "channel-unsubscribed"],
  ]);
});
