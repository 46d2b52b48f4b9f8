/** WhatsApp messages on the deployed stack, whose emulator reports only what a test asks for. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import {
  reportWhatsapp,
  silenceWhatsapp,
  type WhatsappMessage,
  whatsappMessages,
  whatsappSetting,
} from "../../../local/whatsapp.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

let run: Running;
beforeAll(async () => {
  run = await running({ context: { whatsapp: whatsappSetting({ metaPhoneNumberId: "574086085794038" }) } });
  await silenceWhatsapp(run.engine);
  const about = { channel: "whatsapp", class: "marketing" };
  const approved = { template: "welcome", body: ["{{ customer.firstName }}"] };
  await run.stack.put("TemplatesTableName", { id: "hello", ...about, whatsapp: approved, languages: { de: {} } });
  await run.stack.put("TemplatesTableName", { id: "chat", ...about, text: "Hello {{ customer.firstName }} & <co>" });
  const trigger = { event: "go", entry: "always" };
  const components = {
    s: { type: "sendTemplate", template: "hello", next: "r" },
    r: { type: "messageStatusRule", message: "s", status: "read", within: "P60D", met: "answer", notMet: "answer" },
    answer: { type: "sendTemplate", template: "chat" },
  };
  const journey = { id: "chats", name: "Chats", status: "active", trigger, start: "s", components };
  expect(await run.stack.save(journey)).toMatchObject({ state: "published", problems: [] });
  // Functions cache the journeys for five seconds.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
}, 180_000);
afterAll(() => run?.stop(), 60_000);

let people = 0;
/** A customer with a number of their own. */
function somebody() {
  const number = people++;
  return { customerId: `w-${number}`, phone: `+1202555${String(1000 + number)}` };
}
type Somebody = ReturnType<typeof somebody>;

const go = ({ customerId, phone }: Somebody, changes: object = {}) =>
  run.stack.publish("go", { customerId, customer: { phone, firstName: "Ada", ...changes } });
const sentTo = async ({ phone }: Somebody) => (await whatsappMessages(run.engine)).filter(({ to }) => to === phone);
const oneTo = (who: Somebody): Promise<WhatsappMessage> =>
  until(`a message to ${who.phone}`, async () => (await sentTo(who))[0], {
    instead: () => run.stack.enrollments(who.customerId),
  });
const ended = ({ customerId }: Somebody): Promise<Enrollment> =>
  until(
    `${customerId} to complete`,
    async () => (await run.stack.enrollments(customerId)).find(({ status }) => status === "completed"),
    { instead: () => run.stack.enrollments(customerId) },
  );

test("the approved template goes out in the customer's language, and a text outside the window does not", async () => {
  const who = somebody();
  await go(who, { language: "de-AT" });
  const sent = await oneTo(who);
  expect(sent).toMatchObject({ version: "v20.0", sender: "phone-number-id-976c72a700aac43eaf573ae050example" });
  expect(sent.message).toEqual({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: who.phone,
    type: "template",
    template: {
      name: "welcome",
      language: { code: "de" },
      components: [{ type: "body", parameters: [{ type: "text", text: "Ada" }] }],
    },
  });
  await reportWhatsapp(run.engine, sent, "Read");
  const { steps, messages } = await ended(who);
  expect(steps.map(({ outcome }) => outcome)).toEqual(["done", "met", "skipped"]);
  expect(messages).toMatchObject([{ state: "sent" }, { state: "skipped", reason: "outside-window" }]);
  expect(await sentTo(who)).toHaveLength(1);
});

test.each([
  [["Sent", "Delivered", "Read"], "met", "sent", undefined],
  [["Read", "Delivered", "Sent"], "met", "sent", undefined],
  [["Sent", "Sent", "Read", "Read"], "met", "sent", undefined],
  [["Sent", "Failed:131026"], "notMet", "failed", "not-on-whatsapp"],
  [["Failed:131049", "Sent"], "notMet", "failed", "held-by-meta"],
  [["Failed:132001"], "notMet", "failed", "template-refused"],
  [["Undeliverable"], "notMet", "failed", "undeliverable"],
])("reports %j: %s", async (kinds, outcome, state, reason) => {
  const who = somebody();
  await go(who);
  const sent = await oneTo(who);
  for (const kind of kinds) await reportWhatsapp(run.engine, sent, kind);
  const { steps, messages } = await ended(who);
  expect(steps[1]?.outcome).toBe(outcome);
  expect([messages[0]?.state, messages[0]?.reason]).toEqual([state, reason]);
});

describe("nothing goes out", () => {
  test.each([
    ["no number", { phone: null }, "no-address"],
    ["a national number", { phone: "0171 3920001" }, "bad-address"],
    ["the channel unsubscribed", { unsubscribedChannels: ["whatsapp"] }, "channel-unsubscribed"],
    ["no value for a variable", { firstName: "" }, "not-renderable"],
  ])("with %s", async (_, changes, reason) => {
    const who = somebody();
    await go(who, changes);
    expect((await ended(who)).messages[0]).toMatchObject({ state: "skipped", reason });
    expect(await sentTo(who)).toEqual([]);
  });
});
