/** Text messages from customers come through the topic of the deployed stack. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { answerText, silenceTexts, textSetting, texts } from "../../../local/texts.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

let run: Running;
beforeAll(async () => {
  run = await running({ context: { sms: textSetting({ inbound: true }) } });
  await silenceTexts(run.engine);
  const text = { id: "hello", channel: "sms", class: "marketing", text: "Hello" };
  await run.stack.put("TemplatesTableName", text);
  const journeys = [
    {
      ...{ id: "asks", name: "Asks", status: "active", start: "ask" },
      trigger: { event: "go", entry: "always" },
      components: {
        ask: { type: "sendTemplate", template: "hello", next: "answered" },
        answered: { type: "messageStatusRule", message: "ask", status: "replied", within: "P300D", met: "yes" },
        yes: { type: "addTag", tags: ["answered"], next: "more" },
        more: { type: "sendTemplate", template: "hello" },
      },
    },
    {
      ...{ id: "hears", name: "Hears", status: "active", start: "note" },
      trigger: {
        event: "message.received",
        where: { field: "event.channel", operator: "equals", value: "sms" },
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

const sentTo = async (phone: string) => (await texts(run.engine)).filter(({ to }) => to === phone);

/** A customer who has got the first text message. */
async function asked(customerId: string, phone: string): Promise<void> {
  await run.stack.publish("go", { customerId, customer: { phone } });
  await until(`a text to ${phone}`, async () => (await sentTo(phone))[0], {
    instead: () => run.stack.enrollments(customerId),
  });
}

const says = (from: string, text: string, id: string) =>
  answerText(run.engine, { topic: run.stack.output("SmsTopicArn"), from, text, id });

/** The customer's enrollments by journey, after both have ended. */
const ended = (customerId: string): Promise<readonly Enrollment[]> =>
  until(
    `${customerId} to complete both journeys`,
    async () => {
      const enrollments = await run.stack.enrollments(customerId);
      const over = enrollments.filter(({ status }) => status === "completed");
      return over.length >= 2 ? enrollments.toSorted((a, b) => (a.journeyId < b.journeyId ? -1 : 1)) : undefined;
    },
    { instead: () => run.stack.enrollments(customerId) },
  );

const outcomes = ({ steps }: Enrollment) => steps.map(({ outcome }) => outcome);

test("an answer takes the branch of the reply, and starts the journey that listens to messages", async () => {
  const phone = "+12025551001";
  await asked("a-1", phone);
  await says(phone, "Yes please", "i-1");
  const [asks, hears, ...others] = await ended("a-1");
  expect(asks && outcomes(asks)).toEqual(["done", "met", "done", "done"]);
  expect(hears).toMatchObject({ journeyId: "hears", trigger: { name: "message.received" } });
  expect(others).toEqual([]);
  expect(await sentTo(phone)).toHaveLength(2);
});

test("STOP in the middle of a journey keeps the next marketing text back", async () => {
  const phone = "+12025551002";
  await asked("a-2", phone);
  await says(phone, "Stop!", "i-2");
  const [asks] = await ended("a-2");
  expect(asks?.messages.map(({ state, reason }) => reason ?? state)).toEqual(["sent", "channel-unsubscribed"]);
  expect(await sentTo(phone)).toHaveLength(1);
});

test("an answer that the topic delivers three times starts one journey, and one from an unknown number none", async () => {
  const phone = "+12025551003";
  await asked("a-3", phone);
  await says("+12025559999", "Hello?", "i-0");
  for (let time = 0; time < 3; time++) await says(phone, "Yes", "i-3");
  expect(await ended("a-3")).toHaveLength(2);
  await asked("a-4", "+12025551004");
  await says("+12025551004", "Yes", "i-4");
  expect(await ended("a-4")).toHaveLength(2);
  expect(await run.stack.enrollments("a-3")).toHaveLength(2);
});
