/** Text messages from customers, in the form in which a topic delivers them. */
import { describe, expect, test } from "vitest";
import { serviceMessages } from "../../../lambdas/adapters/sms/service-messages.ts";
import type { WithAnsweredId } from "../../../lambdas/app/messages/handle-service-message.ts";

const same = (time: string) => time;
/** The only message in a message of the queue. */
function inboundText(input: unknown, virtual: (real: string) => string): WithAnsweredId {
  const [message, ...others] = serviceMessages(input, virtual);
  expect(others).toEqual([]);
  return message && "from" in message ? message : expect.fail("This is no message of a customer.");
}

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
  expect(inboundText(notified(message), same)).toEqual({
    channel: "sms",
    id: message.inboundMessageId,
    from: "+14255550182",
    text: "EXAMPLE",
    time: "2026-01-05T10:00:00.123Z",
    answeredId: message.previousPublishedMessageId,
  }));

test.each([
  ["is missing", undefined],
  ["is null", null],
  ["is empty", ""],
])("a text names no message that it answers when the id of that message %s", (_, previousPublishedMessageId) =>
  expect(inboundText(notified({ ...message, previousPublishedMessageId }), same)).not.toHaveProperty("answeredId"),
);

test("the time is the stack's own", () =>
  expect(inboundText(notified(message), () => "2030-01-01T00:00:00.000Z").time).toBe("2030-01-01T00:00:00.000Z"));

test("a topic that only asks for a subscription brings no message", () =>
  expect(() => inboundText(notified(message, { Type: "SubscriptionConfirmation" }), same)).toThrow());

test("an empty text is a message", () =>
  expect(inboundText(notified({ ...message, messageBody: "" }), same).text).toBe(""));

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
