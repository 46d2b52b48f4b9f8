/** Text messages from customers, in the form in which a topic delivers them. */
import { describe, expect, test } from "vitest";
import { inboundText } from "../../../lambdas/adapters/sms/inbound-text.ts";
import { reportIn } from "../../../lambdas/adapters/sms/report-in.ts";

const same = (time: string) => time;

/** The example of https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html, as SNS delivers it. */
const message = {
  originationNumber: "+14255550182",
  destinationNumber: "+12125550101",
  messageKeyword: "JOIN",
  messageBody: "EXAMPLE",
  inboundMessageId: "cae173d2-66b9-564c-8309-21f858e9fb84",
  previousPublishedMessageId: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const notified = (said: unknown, more: object = {}) => ({
  Type: "Notification",
  MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  TopicArn: "arn:aws:sns:us-east-1:111122223333:answers",
  Message: JSON.stringify(said),
  Timestamp: "2026-01-05T10:00:00.123Z",
  ...more,
});

test("the text of a customer, at the time of the notification", () =>
  expect(inboundText(notified(message), same)).toEqual([
    {
      channel: "sms",
      id: message.inboundMessageId,
      from: "+14255550182",
      text: "EXAMPLE",
      time: "2026-01-05T10:00:00.123Z",
    },
  ]));

describe("of WhatsApp", () => {
  const text = {
    from: "14255550150",
    id: "wamid.example",
    timestamp: "1767607200",
    text: { body: "Hi" },
    type: "text",
  };
  const webhook = (...messages: object[]) => ({
    context: { MetaPhoneNumberIds: [{ metaPhoneNumberId: "574086085794038" }] },
    whatsAppWebhookEntry: JSON.stringify({ id: "1", changes: [{ field: "messages", value: { messages } }] }),
  });

  test.each([
    ["a text", text, "Hi"],
    ["a button", { ...text, text: undefined, button: { text: "Yes" } }, "Yes"],
    ["a picture", { ...text, text: undefined, image: { id: "1" } }, ""],
  ])("%s", (_, said, expected) =>
    expect(inboundText(notified(webhook(said)), same)).toEqual([
      {
        channel: "whatsapp",
        id: "wamid.example",
        from: "+14255550150",
        text: expected,
        time: "2026-01-05T10:00:00.000Z",
      },
    ]),
  );

  test("several messages", () =>
    expect(inboundText(notified(webhook(text, { ...text, id: "wamid.2" })), same)).toHaveLength(2));

  test("a report about a status has no message", () => {
    const statuses = { changes: [{ field: "messages", value: { statuses: [{ id: "wamid.1", status: "read" }] } }] };
    expect(inboundText(notified({ whatsAppWebhookEntry: JSON.stringify(statuses) }), same)).toEqual([]);
  });
});

test("the time is the stack's own", () =>
  expect(inboundText(notified(message), () => "2030-01-01T00:00:00.000Z")[0]?.time).toBe("2030-01-01T00:00:00.000Z"));

test("the queue brings it beside the reports of other services", () => {
  expect(reportIn(notified(message), same)).toEqual({ received: inboundText(notified(message), same) });
  expect(() => reportIn(notified(message, { Type: "SubscriptionConfirmation" }), same)).toThrow();
});

test("an empty text is a message", () =>
  expect(inboundText(notified({ ...message, messageBody: "" }), same)[0]?.text).toBe(""));

describe("is refused, without its number and text in the error", () => {
  test("a notification without a time", () =>
    expect(() => inboundText(notified(message, { Timestamp: "yesterday" }), same)).toThrow("Timestamp"));

  test.each([
    ["no number", { ...message, originationNumber: undefined }],
    ["a number that is no text", { ...message, originationNumber: 14255550182 }],
    ["no id", { ...message, inboundMessageId: "" }],
    ["a body that is no text", { ...message, messageBody: { secret: "EXAMPLE" } }],
    ["another message of the topic", { alarm: "EXAMPLE +14255550182" }],
    ["a text", "EXAMPLE +14255550182"],
  ])("%s", (_, said) => {
    const error = (() => {
      try {
        return inboundText(notified(said), same);
      } catch (error) {
        return error;
      }
    })();
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toMatch(/4255550182|EXAMPLE/);
  });

  test("a message that is not JSON", () =>
    expect(() => inboundText(notified(message, { Message: "EXAMPLE" }), same)).toThrow(SyntaxError));
});
