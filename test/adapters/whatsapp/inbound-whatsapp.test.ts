/** WhatsApp messages of customers, in the form in which the topic of the WhatsApp Business account delivers them. */
import { describe, expect, test } from "vitest";
import { serviceMessages } from "../../../lambdas/adapters/sms/service-messages.ts";

const same = (time: string) => time;
const SENT = "2024-08-12T23:53:55.999Z";

/** The example of https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html */
const hi = {
  from: "14255550150",
  id: "wamid.HBgLMTQyNTY5ODgzMDIVAgASGBCDNzBDRjM5MDU2ODEwMDkwREY4ODBDRDE0RjVGRkexample",
  timestamp: "1723506835",
  text: { body: "Hi" },
  type: "text",
};
const { text: _, ...untyped } = hi;
const change = (messages: unknown, more: object = {}) => ({
  value: {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "12065550100", phone_number_id: "321010217760100" },
    contacts: [{ profile: { name: "Diego" }, wa_id: "12065550102" }],
    ...(messages !== undefined && { messages }),
    ...more,
  },
  field: "messages",
});
const entry = (...changes: unknown[]) => JSON.stringify({ id: "365731266123456", changes });
const published = (whatsAppWebhookEntry: unknown) => ({
  context: {
    MetaWabaIds: [
      { wabaId: "1234567890abcde", arn: "arn:aws:social-messaging:us-east-1:123456789012:waba/fb25example" },
    ],
    MetaPhoneNumberIds: [
      {
        metaPhoneNumberId: "abcde1234567890",
        arn: "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/976c",
      },
    ],
  },
  whatsAppWebhookEntry,
  aws_account_id: "123456789012",
  message_timestamp: "2025-01-08T23:30:43.271279391Z",
  messageId: "6d69f07a-c317-4278-9d5c-6a84078419ec",
});
const notified = (content: unknown, more: object = {}) => ({
  Type: "Notification",
  MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  TopicArn: "arn:aws:sns:us-east-1:123456789012:whatsapp",
  Message: JSON.stringify(content),
  Timestamp: "2025-01-08T23:30:43.290Z",
  ...more,
});
const read = (...messages: unknown[]) => [...serviceMessages(notified(published(entry(change(messages)))), same)];
const from = "+14255550150";

test("the text of a customer, at the end of the second that Meta names", () =>
  expect(read(hi)).toEqual([{ channel: "whatsapp", id: hi.id, from, text: "Hi", time: SENT }]));

test("no message is from after its notification, whatever its timestamp says", () =>
  expect(read({ ...hi, timestamp: "1736379043" }, { ...hi, timestamp: "99999999999" })).toMatchObject([
    { time: "2025-01-08T23:30:43.290Z" },
    { time: "2025-01-08T23:30:43.290Z" },
  ]));

test("the time is the stack's own", () => {
  const [message] = serviceMessages(notified(published(entry(change([hi])))), () => "2030-01-01T00:00:00.000Z");
  expect(message).toMatchObject({ time: "2030-01-01T00:00:00.000Z" });
});

test.each([
  ["a button of a template", "button", { button: { payload: "p-1", text: "Yes, please" } }, "Yes, please"],
  ["a button of a message", "interactive", { interactive: { button_reply: { id: "1", title: "Later" } } }, "Later"],
  ["a choice of a list", "interactive", { interactive: { list_reply: { id: "1", title: "Red" } } }, "Red"],
  ["a form", "interactive", { interactive: { nfm_reply: { name: "flow", response_json: "{}" } } }, ""],
  ["a picture with a caption", "image", { image: { id: "1", caption: "Like this?" } }, "Like this?"],
  ["a picture without one", "image", { image: { id: "1", mime_type: "image/jpeg" } }, ""],
  ["a video", "video", { video: { id: "1", caption: "Look" } }, "Look"],
  ["a document", "document", { document: { id: "1", caption: "The bill" } }, "The bill"],
  ["a voice message", "audio", { audio: { id: "1", voice: true } }, ""],
  ["a place", "location", { location: { latitude: 1, longitude: 2, name: "Home" } }, ""],
  ["a kind that Meta does not hand on", "unsupported", { errors: [{ code: 131051 }] }, ""],
  ["an empty text", "text", { text: { body: "" } }, ""],
])("%s has a text: %s %j", (_, type, content, text) =>
  expect(read({ ...untyped, type, ...content })).toEqual([{ channel: "whatsapp", id: hi.id, from, text, time: SENT }]),
);

test.each([
  ["an answer", { context: { from: "12065550100", id: "wamid.asked" } }, "wamid.asked", "Hi"],
  [
    "a reaction",
    { type: "reaction", text: undefined, reaction: { message_id: "wamid.asked", emoji: "👍" } },
    "wamid.asked",
    "👍",
  ],
  [
    "a reaction taken back",
    { type: "reaction", text: undefined, reaction: { message_id: "wamid.asked" } },
    "wamid.asked",
    "",
  ],
  ["a forwarded message", { context: { forwarded: true } }, undefined, "Hi"],
])("%s names the message it answers, if there is one", (_, more, answeredId, text) => {
  const [message] = read({ ...hi, ...more });
  expect(message).toMatchObject({ text });
  expect(message && "answeredId" in message ? message.answeredId : undefined).toBe(answeredId);
});

test("a customer who hides the number has none", () =>
  expect(read({ ...hi, from: undefined })).toMatchObject([{ from: "", text: "Hi" }]));

test("one notification may hold several messages, in several changes", () => {
  const second = { ...hi, id: "wamid.2", from: "5215512345678" };
  const both = published(entry(change([hi, second]), change([{ ...hi, id: "wamid.3" }])));
  expect([...serviceMessages(notified(both), same)].map((each) => "id" in each && each.id)).toEqual([
    hi.id,
    "wamid.2",
    "wamid.3",
  ]);
});

describe("nobody wrote", () => {
  const statuses = [{ id: "wamid.1", status: "read", timestamp: "1723506835", recipient_id: "14255550150" }];
  test.each([
    ["the statuses of sent messages", change(undefined, { statuses })],
    ["another change of the account", { field: "message_template_status_update", value: { event: "APPROVED" } }],
    ["messages of another field", { ...change([hi]), field: "smb_message_echoes" }],
    ["a number that has changed", change([{ ...untyped, type: "system", system: { body: "Diego changed" } }])],
    ["a chat that was opened", change([{ ...untyped, type: "request_welcome" }])],
  ])("%s", (_, said) => expect([...serviceMessages(notified(published(entry(said))), same)]).toEqual([]));

  test("nothing", () => expect([...serviceMessages(notified(published(entry())), same)]).toEqual([]));
});

/** The messages that are read before the error, and the error. */
function failure(input: unknown): readonly [read: unknown[], error: unknown] {
  const read: unknown[] = [];
  try {
    for (const message of serviceMessages(input, same)) read.push(message);
  } catch (error) {
    return [read, error];
  }
  return [read, undefined];
}

const malformed: readonly (readonly [string, object])[] = [
  ["no id", { ...hi, id: undefined }],
  ["an empty id", { ...hi, id: "" }],
  ["a sender that is no number", { ...hi, from: "Diego 14255550150" }],
  ["a sender with a plus", { ...hi, from: "+14255550150" }],
  ["a timestamp in words", { ...hi, timestamp: "14255550150 seconds" }],
  ["a text in another form", { ...hi, text: "Hi 14255550150" }],
  ["an answered message without a text as its id", { ...hi, context: { id: 14255550150 } }],
];

describe("is refused, without its number and text in the error", () => {
  test.each(malformed)("a message with %s, and the others of the notification are read", (_, wrong) => {
    const [read, error] = failure(notified(published(entry(change([wrong, hi])))));
    expect(read).toMatchObject([{ id: hi.id }]);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toMatch(/4255550150|Diego|Hi/);
  });

  test.each([
    ["an entry that is not JSON", published("Hi 14255550150"), SyntaxError],
    ["an entry without changes", published('{"id":"14255550150"}'), Error],
    ["an entry that is no text", published({ changes: [change([hi])] }), Error],
    ["messages that are no list", published(entry(change({ 0: hi }))), Error],
  ])("%s", (_, content, kind) => {
    const [read, error] = failure(notified(content));
    expect(read).toEqual([]);
    expect(error).toBeInstanceOf(kind);
    // Functions log no text of a SyntaxError.
    if (!(error instanceof SyntaxError)) expect(String(error)).not.toMatch(/4255550150|Hi/);
  });
});
