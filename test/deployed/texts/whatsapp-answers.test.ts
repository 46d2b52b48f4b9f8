/**
 * What customers write by WhatsApp, through the topic of the deployed stack. The time is not scaled: 24 hours do not pass
 * while a slow machine handles an answer.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import {
  silenceWhatsapp,
  type WhatsappMessage,
  type Written,
  whatsappMessages,
  whatsappSetting,
  writeWhatsapp,
} from "../../../local/whatsapp.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

let run: Running;
beforeAll(async () => {
  run = await running({ scaled: false, context: { whatsapp: whatsappSetting({ inbound: true }) } });
  await silenceWhatsapp(run.engine);
  const about = { channel: "whatsapp", class: "marketing" };
  await run.stack.put("TemplatesTableName", { id: "hello", ...about, whatsapp: { template: "welcome" } });
  await run.stack.put("TemplatesTableName", { id: "chat", ...about, text: "Thank you" });
  const journeys = [
    {
      ...{ id: "asks", name: "Asks", status: "active", start: "ask" },
      trigger: { event: "go", entry: "always" },
      components: {
        ask: { type: "sendTemplate", template: "hello", next: "again" },
        again: { type: "sendTemplate", template: "hello", next: "answered" },
        answered: { type: "messageStatusRule", message: "ask", status: "replied", within: "P1D", met: "chat" },
        chat: { type: "sendTemplate", template: "chat" },
      },
    },
    {
      ...{ id: "hears", name: "Hears", status: "active", start: "note" },
      trigger: {
        event: "message.received",
        where: { field: "event.channel", operator: "equals", value: "whatsapp" },
        entry: "always",
      },
      components: { note: { type: "addTag", tags: ["heard"] } },
    },
  ];
  for (const journey of journeys) expect(await run.stack.save(journey)).toMatchObject({ state: "published" });
  // Functions cache the journeys for five seconds.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
}, 180_000);
afterAll(() => run?.stop(), 60_000);

const sentTo = async (phone: string) => (await whatsappMessages(run.engine)).filter(({ to }) => to === phone);

/** The first of the two messages to a customer who has got both. */
async function asked(customerId: string, phone: string): Promise<WhatsappMessage> {
  await run.stack.publish("go", { customerId, customer: { phone } });
  return until(
    `two messages to ${phone}`,
    async () => {
      const [first, second] = await sentTo(phone);
      const [enrollment] = await run.stack.enrollments(customerId);
      const known = enrollment?.messages.every(({ state }) => state === "sent");
      return second && known ? first : undefined;
    },
    { instead: () => run.stack.enrollments(customerId) },
  );
}

const says = (written: Omit<Written, "topic">) =>
  writeWhatsapp(run.engine, { topic: run.stack.output("WhatsappTopicArn"), ...written });

/** The customer's enrollments by journey, after so many have ended. */
const ended = (customerId: string, count = 2): Promise<readonly Enrollment[]> =>
  until(
    `${customerId} to complete ${count} journeys`,
    async () => {
      const enrollments = await run.stack.enrollments(customerId);
      const over = enrollments.filter(({ status }) => status === "completed");
      return over.length >= count ? enrollments.toSorted((a, b) => (a.journeyId < b.journeyId ? -1 : 1)) : undefined;
    },
    { instead: () => run.stack.enrollments(customerId) },
  );

const fates = (enrollment: Enrollment | undefined) =>
  enrollment?.messages.map(({ state, reason, statuses }) => [reason ?? state, statuses.replied !== undefined]);

test("an answer belongs to the message it names, starts a journey, and opens the 24 hours for a text", async () => {
  const from = "+12025552001";
  const answers = await asked("w-1", from);
  await says({ from, text: "Yes please", id: "wamid.1", answers });
  const [asks, hears, ...others] = await ended("w-1");
  expect(fates(asks)).toEqual([
    ["sent", true],
    ["sent", false],
    ["sent", false],
  ]);
  expect(hears).toMatchObject({ journeyId: "hears", trigger: { name: "message.received" } });
  expect(others).toEqual([]);
  const sent = await sentTo(from);
  expect(sent.map(({ message }) => message.type)).toEqual(["template", "template", "text"]);
  expect(sent[2]?.message).toMatchObject({ text: { body: "Thank you" } });
});

test("a text does not go out when the answer was written 25 hours ago and came late", async () => {
  const from = "+12025552005";
  const answers = await asked("w-5", from);
  const time = new Date(Date.now() - 25 * 3_600_000);
  await says({ from, text: "Yes please", id: "wamid.5", answers, time });
  const [asks] = await ended("w-5", 1);
  expect(fates(asks)).toEqual([
    ["sent", true],
    ["sent", false],
    ["outside-window", false],
  ]);
  expect(await sentTo(from)).toHaveLength(2);
});

test("STOP in the middle of a journey keeps the next marketing back", async () => {
  const from = "+12025552002";
  const answers = await asked("w-2", from);
  await says({ from, text: "Stop!", id: "wamid.2", answers });
  const [asks] = await ended("w-2");
  expect(fates(asks)?.map(([fate]) => fate)).toEqual(["sent", "sent", "channel-unsubscribed"]);
  expect(await sentTo(from)).toHaveLength(2);
});

test("an answer that the topic delivers three times starts one journey, and one from an unknown number none", async () => {
  const from = "+12025552003";
  const answers = await asked("w-3", from);
  await says({ from: "+12025559999", text: "Hello?", id: "wamid.0" });
  for (let time = 0; time < 3; time++) await says({ from, text: "Yes", id: "wamid.3", answers });
  expect(await ended("w-3")).toHaveLength(2);
  const next = await asked("w-4", "+12025552004");
  await says({ from: "+12025552004", text: "Yes", id: "wamid.4", answers: next });
  expect(await ended("w-4")).toHaveLength(2);
  expect(await run.stack.enrollments("w-3")).toHaveLength(2);
});
