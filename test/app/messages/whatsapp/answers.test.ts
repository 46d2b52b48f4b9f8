/**
 * WhatsApp messages of customers, read as the topic delivers them: the answered message, the journey that starts, STOP and
 * the 24 hours, whatever crashes and whatever comes twice or in another order.
 */
import { describe, expect, test } from "vitest";
import { serviceMessages } from "../../../../lambdas/adapters/sms/service-messages.ts";
import { handleServiceMessage } from "../../../../lambdas/app/messages/handle-service-message.ts";
import type { Ports } from "../../../../lambdas/app/ports.ts";
import { journey, on } from "../../../behaviour/scenario-of.ts";
import { watch } from "../../calls.ts";
import { Crash, CrashError, crashing } from "../../crashes.ts";
import { World } from "../../world.ts";
import { eventsOf, result } from "../inbound.ts";

const phone = "+491713920001";

/** Two templates with an answer to the first; a text within the 24 hours and one after them. An answer starts a journey. */
async function greeted(given: ConstructorParameters<typeof World>[0] = {}) {
  const world = new World(given);
  const about = { channel: "whatsapp", class: "marketing" };
  world.put({ id: "hello", ...about, whatsapp: { template: "welcome" } });
  world.put({ id: "chat", ...about, text: "Thank you" });
  await world.publish(
    journey({
      components: {
        first: { type: "sendTemplate", template: "hello", next: "second" },
        second: { type: "sendTemplate", template: "hello", next: "replied" },
        replied: {
          type: "messageStatusRule",
          message: "first",
          status: "replied",
          within: "PT12H",
          met: "soon",
          notMet: "soon",
        },
        soon: { type: "sendTemplate", template: "chat", next: "wait" },
        wait: { type: "wait", for: "P2D", next: "late" },
        late: { type: "sendTemplate", template: "chat" },
      },
    }),
  );
  await world.publish(
    journey({
      id: "answers",
      trigger: { event: "message.received", entry: "always" },
      components: { note: { type: "updateCustomer", set: { said: { path: "event.text" } } } },
      start: "note",
    }),
  );
  await world.enter({ changes: { phone } });
  await world.run("01-05 10:30");
  return world;
}

interface Said {
  readonly at: string;
  readonly text?: string;
  readonly from?: string;
  /** Which message of the journey the customer answers, from 0; none: the message names none. */
  readonly answers?: number | string;
}

/** The queue's message: one notification with what customers said. */
async function notification(world: World, said: readonly Said[]) {
  const [enrollment] = await world.store.enrollments("c-1");
  const messages = said.map(({ at, text = "Yes", from = phone.slice(1), answers }) => {
    const answered = typeof answers === "number" ? `wamid.${enrollment?.messages[answers]?.messageId}` : answers;
    return {
      ...{ from, id: `wamid.${at}`, timestamp: String(Date.parse(on(at)) / 1000), type: "text", text: { body: text } },
      ...(answered !== undefined && { context: { id: answered } }),
    };
  });
  const entry = { id: "1", changes: [{ field: "messages", value: { messaging_product: "whatsapp", messages } }] };
  const Message = JSON.stringify({ context: {}, whatsAppWebhookEntry: JSON.stringify(entry), aws_account_id: "1" });
  const Timestamp = said
    .map(({ at }) => on(at))
    .sort()
    .at(-1);
  return { Type: "Notification", Message, Timestamp };
}

async function deliver(world: World, input: unknown, ports: Ports = world.ports, events = eventsOf(world)) {
  const answers = { addressKey: ports.addressKey ?? "", events };
  const unknown: unknown[] = [];
  for (const message of serviceMessages(input, (time) => time))
    unknown.push(...(await handleServiceMessage(message, { ...ports, answers })).unknown);
  return unknown;
}

const says = async (world: World, ...said: Said[]) => deliver(world, await notification(world, said));

/** The queue delivers the notification again when the call crashes. */
async function saysWithCrash(world: World, said: Said, crash: Crash): Promise<void> {
  const input = await notification(world, [said]);
  const events = watch("events", eventsOf(world), (call, make) => crash.around(call, make));
  for (;;)
    try {
      await deliver(world, input, crashing(world.ports, crash), events);
      return;
    } catch (error) {
      if (!(error instanceof CrashError)) throw error;
    }
}

const answer: Said = { at: "01-05 10:30", answers: 0 };
const stop: Said = { at: "01-05 10:30", text: "Stop!", answers: 0 };
const none = undefined;

test("an answer is the status of the message that it names, starts a journey, and opens the 24 hours for a text", async () => {
  const world = await greeted();
  expect(await says(world, answer)).toEqual([]);
  await world.run("01-09 10:00");
  const { attributes, journeys, texts } = await result(world);
  expect(attributes).toEqual({ phone, said: "Yes" });
  expect(journeys).toEqual([
    [
      "j",
      "completed",
      ["done", "done", "met", "done", "done", "skipped"],
      [
        ["sent", on("01-05 10:30")],
        ["sent", none],
        ["sent", none],
        ["outside-window", none],
      ],
    ],
    ["answers", "completed", ["done"], []],
  ]);
  expect(texts).toBe(3);
  expect(world.counted()).toEqual(world.recount());
});

test("without an answer, no text goes out", async () => {
  const world = await greeted();
  await world.run("01-09 10:00");
  expect((await result(world)).journeys[0]?.[3]).toEqual([
    ["sent", none],
    ["sent", none],
    ["outside-window", none],
    ["outside-window", none],
  ]);
});

test.each([
  ["names the older message", 0, [on("01-05 10:30"), none]],
  ["names the newest message", 1, [none, on("01-05 10:30")]],
  ["names no message, so it answers the newest", none, [none, on("01-05 10:30")]],
  ["names a message that this stack did not send, so it answers the newest", "wamid.other", [none, on("01-05 10:30")]],
])("an answer that %s", async (_, answers, expected) => {
  const world = await greeted();
  await says(world, { at: "01-05 10:30", ...(answers !== undefined && { answers }) });
  const [enrollment] = await world.store.enrollments("c-1");
  expect(enrollment?.messages.map(({ statuses }) => statuses.replied)).toEqual(expected);
});

test("STOP keeps later marketing back, and is an answer too", async () => {
  const world = await greeted();
  await says(world, stop);
  await world.run("01-09 10:00");
  const { attributes, journeys, texts } = await result(world);
  expect(attributes).toEqual({ phone, said: "Stop!", unsubscribedChannels: ["whatsapp"] });
  expect(journeys[0]?.[3]).toEqual([
    ["sent", on("01-05 10:30")],
    ["sent", none],
    ["channel-unsubscribed", none],
    ["channel-unsubscribed", none],
  ]);
  expect(texts).toBe(2);
});

test("of several messages in one notification each counts, also those of numbers that nobody has", async () => {
  const world = await greeted();
  const stranger = { at: "01-05 10:29", from: "4917139200099" };
  expect(await says(world, { at: "01-05 10:28", text: "One" }, stranger, { ...stop, text: "STOP" })).toEqual([
    { channel: "whatsapp" },
  ]);
  await world.run("01-09 10:00");
  const { attributes, journeys } = await result(world);
  expect(attributes.unsubscribedChannels).toEqual(["whatsapp"]);
  expect(journeys.filter(([id]) => id === "answers")).toHaveLength(2);
});

test("a stack that receives no messages refuses the notification, so that none is lost", async () => {
  const world = await greeted();
  const [message] = serviceMessages(await notification(world, [answer]), (time) => time);
  if (!message) throw new Error("There is no message.");
  await expect(handleServiceMessage(message, { ...world.ports, answers: undefined })).rejects.toThrow("inbound");
});

describe.each([
  ["an answer", answer],
  ["STOP", stop],
])("%s", (_, said) => {
  test.each(["before", "after"] as const)("with a crash %s any call, and then delivered again", async (side) => {
    const undisturbed = await greeted();
    await says(undisturbed, said);
    await undisturbed.run("01-09 10:00");
    const crashed = new Set<string>();
    for (let nth = 1; ; nth++) {
      const world = await greeted();
      const crash = new Crash(nth, side);
      await saysWithCrash(world, said, crash);
      if (crash.at === undefined) break;
      crashed.add(crash.at);
      await world.run("01-09 10:00");
      expect(await result(world), `${side} call ${nth}, ${crash.at}`).toEqual(await result(undisturbed));
    }
    expect([...crashed]).toEqual(expect.arrayContaining(["sentIds.find", "store.commit", "events.put"]));
  });

  test("delivered twice at once, and again a day later, has the effects of one", async () => {
    const once = await greeted();
    await says(once, said);
    await once.run("01-09 10:00");
    const world = await greeted();
    await Promise.all([says(world, said), says(world, said)]);
    await world.run("01-06 10:31");
    await says(world, said);
    await world.run("01-09 10:00");
    expect(await result(world)).toEqual(await result(once));
  });
});

test("messages in another order than they were sent have the same effects", async () => {
  const early: Said = { at: "01-05 10:40", text: "Hello", answers: 0 };
  const late: Said = { at: "01-05 10:50", text: "STOP", answers: 1 };
  const seen = new Set<string>();
  for (const order of [
    [early, late],
    [late, early],
  ]) {
    const world = await greeted();
    await world.run("01-05 11:00");
    for (const said of order) await says(world, said);
    await world.run("01-09 10:00");
    const { attributes, journeys } = await result(world);
    seen.add(JSON.stringify([attributes.unsubscribedChannels, journeys[0]?.[3]]));
  }
  expect([...seen].map((each) => JSON.parse(each))).toEqual([
    [
      ["whatsapp"],
      [
        ["sent", on("01-05 10:40")],
        ["sent", on("01-05 10:50")],
        ["channel-unsubscribed", null],
        ["channel-unsubscribed", null],
      ],
    ],
  ]);
});
