/** A report of SES gives the ids of its message, the status and the time. Nothing else is read. */
import { describe, expect, test } from "vitest";
import { messageTags } from "../../lambdas/adapters/message-tags.ts";
import { reportedStatus } from "../../lambdas/adapters/ses-events.ts";

const claim = { customerId: "ünï 🙂", enrollmentId: "e", journeyId: "j", componentId: "c", messageId: "e-0" };
const tags = Object.fromEntries(messageTags(claim).map(({ Name, Value }) => [Name, [Value]]));
const at = "2026-01-05T10:00:01.000Z";

/** A report as SES sends it, with its personal fields. */
const report = (eventType: string, more: object = {}, mail: object = {}) => ({
  version: "0",
  source: "aws.ses",
  time: "2026-01-05T10:00:00Z",
  detail: {
    eventType,
    mail: {
      timestamp: "2026-01-05T09:59:59.000Z",
      source: "Shop <hello@shop.example>",
      destination: ["ann@mail.example"],
      headers: [{ name: "Subject", value: "Your secret illness" }],
      commonHeaders: { subject: "Your secret illness" },
      tags,
      ...mail,
    },
    ...more,
  },
});
const status = (input: unknown) => reportedStatus(input, (real) => real);

test.each([
  ["Send", { send: {} }, "sent", "2026-01-05T10:00:00.000Z"],
  ["Delivery", { delivery: { timestamp: at, recipients: ["ann@mail.example"] } }, "delivered", at],
  ["Open", { open: { timestamp: at, ipAddress: "192.0.2.1", userAgent: "Mail", isBotEvent: "Unlikely" } }, "read", at],
  ["Open", { open: { timestamp: at } }, "read", at],
  ["Click", { click: { timestamp: at, link: "https://a.example", isBotEvent: "Unlikely" } }, "clicked", at],
  ["Bounce", { bounce: { timestamp: at, bounceType: "Permanent", bounceSubType: "General" } }, "bounced", at],
  ["Bounce", { bounce: { timestamp: at, bounceType: "Permanent", bounceSubType: "Suppressed" } }, "bounced", at],
  ["Complaint", { complaint: { timestamp: at, complainedRecipients: [{ emailAddress: "a@b" }] } }, "complained", at],
  ["Reject", { reject: { reason: "Bad content" } }, "failed", "2026-01-05T10:00:00.000Z"],
])("%s %j is %s, and nothing personal comes along", (eventType, more, expected, time) => {
  expect(status(report(eventType, more))).toEqual({
    customerId: claim.customerId,
    messageId: "e-0",
    status: expected,
    time,
  });
});

test("a bounce by the account's suppression list is a failure with its reason, not a bounce", () => {
  const bounce = { timestamp: at, bounceType: "Permanent", bounceSubType: "OnAccountSuppressionList" };
  expect(status(report("Bounce", { bounce }))).toEqual({
    customerId: claim.customerId,
    messageId: "e-0",
    status: "failed",
    reason: "suppressed",
    time: at,
  });
});

describe("has no effect", () => {
  test.each([
    ["an open by a bot", report("Open", { open: { timestamp: at, isBotEvent: "Likely" } })],
    ["an open by a bot, in other letters", report("Open", { open: { timestamp: at, isBotEvent: "LIKELY" } })],
    ["an open by a bot, as a truth", report("Open", { open: { timestamp: at, isBotEvent: true } })],
    ["a click by a bot", report("Click", { click: { timestamp: at, isBotEvent: "Likely" } })],
    ["a full mailbox", report("Bounce", { bounce: { bounceType: "Transient", timestamp: at } })],
    ["a bounce of no known kind", report("Bounce", { bounce: { bounceType: "Undetermined", timestamp: at } })],
    ["a delay", report("DeliveryDelay", { deliveryDelay: { timestamp: at } })],
    ["a report that is not known yet", report("toString")],
    ["somebody else's mail", report("Open", { open: {} }, { tags: { campaign: ["x"] } })],
    ["mail without tags", report("Open", { open: {} }, { tags: undefined })],
  ])("%s", (_, input) => expect(status(input)).toBeUndefined());
});

test("an input that is no report is an error", () => {
  expect(() => status({ time: at })).toThrow();
});
