/** Reports of text messages, in the form of https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html */
import { expect, test } from "vitest";
import { reportIn } from "../../../lambdas/adapters/sms/report-in.ts";
import { textOf } from "../../../lambdas/adapters/sms/text-message.ts";

const claim = { customerId: "ä 1", enrollmentId: "e", journeyId: "j", componentId: "m", messageId: "e-0" };
const outgoing = {
  template: "t",
  channel: "sms",
  class: "marketing",
  to: "+491701234567",
  from: undefined,
  replyTo: [],
  subject: "",
  addressHash: "0123456789012345678901",
} as const;
const sender = "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1";
const context = textOf(outgoing, claim, { sender }, "the-stack").Context ?? {};

const event = (eventType: string, more: object = {}) => ({
  source: "aws.sms-voice",
  "detail-type": "Text Message Delivery Status Updated",
  time: "2026-01-05T10:00:05Z",
  detail: {
    eventType,
    eventVersion: "1.0",
    eventTimestamp: Date.parse("2026-01-05T10:00:03.250Z"),
    destinationPhoneNumber: "+491701234567",
    messageId: "862a8790-60c0-4430-9b2b-658bdexample",
    context,
    ...more,
  },
});
const read = (input: unknown) => reportIn(input, (time) => time);
const reported = { customerId: "ä 1", messageId: "e-0", addressHash: "0123456789012345678901" };

test.each([
  ["TEXT_SENT", "sent"],
  ["TEXT_SUCCESSFUL", "sent"],
  ["TEXT_DELIVERED", "delivered"],
  ["TEXT_INVALID", "failed"],
  ["TEXT_CARRIER_UNREACHABLE", "failed"],
  ["TEXT_PROTECT_BLOCKED", "failed"],
  ["TEXT_TTL_EXPIRED", "failed"],
])("%s means %s, at the time of the report", (type, status) =>
  expect(read(event(type))).toEqual({ ...reported, status, time: "2026-01-05T10:00:03.250Z" }),
);

test.each(["TEXT_QUEUED", "TEXT_PENDING", "TEXT_UNKNOWN", "constructor"])("%s says nothing certain", (type) =>
  expect(read(event(type))).toBeUndefined(),
);

test("a report without a time of its own has that of the event", () =>
  expect(read(event("TEXT_DELIVERED", { eventTimestamp: undefined }))).toMatchObject({
    time: "2026-01-05T10:00:05.000Z",
  }));

test("a message that this stack did not send has no claim", () =>
  expect(read(event("TEXT_DELIVERED", { context: { account: "bar" } }))).toBeUndefined());

test.each([
  ["no detail", { source: "aws.sms-voice", time: "2026-01-05T10:00:05Z" }],
  ["no time", { source: "aws.sms-voice", detail: { eventType: "TEXT_SENT" } }],
  ["no report of a known service", { source: "aws.s3" }],
])("%s throws, so that people see it", (_, input) => expect(() => read(input)).toThrow());
