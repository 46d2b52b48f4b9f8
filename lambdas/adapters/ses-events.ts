/**
 * Reports of SES, as EventBridge delivers them: https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html
 * SES may lose such reports, and may deliver them in any order and more than once. This file drops addresses, headers
 * and subjects, so no other code sees them.
 */
import * as z from "zod/mini";
import type { ReportedStatus } from "../app/messages/record-message-status.ts";
import type { ReportOf } from "../domain/messages/channel-traits.ts";
import { type Time, toTime } from "../domain/time/time.ts";
import { claimOf } from "./message-tags.ts";

const moment = z.optional(z.string());
const wholeTime = z.string().check(z.refine((text) => toTime(text) !== undefined, "time is no RFC 3339 time."));
const byWhom = z.optional(z.object({ timestamp: moment, isBotEvent: z.optional(z.unknown()) }));

const report = z.object({
  time: wholeTime,
  detail: z.object({
    eventType: z.string(),
    mail: z.object({ tags: z._default(z.record(z.string(), z.array(z.string())), {}) }),
    bounce: z.optional(z.object({ bounceType: z.string(), bounceSubType: z.optional(z.string()), timestamp: moment })),
    open: byWhom,
    click: byWhom,
    delivery: z.optional(z.object({ timestamp: moment })),
    complaint: z.optional(z.object({ timestamp: moment })),
  }),
});
type Detail = z.infer<typeof report>["detail"];

const statuses: Record<string, (detail: Detail) => ReportOf<"email"> | undefined> = {
  Send: () => "sent",
  Delivery: () => "delivered",
  Open: ({ open }) => (isBot(open?.isBotEvent) ? undefined : "read"),
  Click: ({ click }) => (isBot(click?.isBotEvent) ? undefined : "clicked"),
  // Only a permanent bounce counts: a full mailbox may take the next message.
  Bounce: ({ bounce }) =>
    bounce?.bounceType !== "Permanent" ? undefined : isSuppression(bounce.bounceSubType) ? "failed" : "bounced",
  Complaint: () => "complained",
  Reject: () => "failed",
  "Rendering Failure": () => "failed",
};

/**
 * The address is on the suppression list of the account, so SES has not sent the message. A bounce because of the
 * suppression list does not count toward the bounce rate of the account.
 */
function isSuppression(subType: string | undefined): boolean {
  return subType === "OnAccountSuppressionList";
}

function isBot(flag: unknown): boolean {
  return flag === true || String(flag).toLowerCase() === "likely";
}

/** `undefined` for mail that this stack did not send, for bots, and for delays. Throws when the input is no report. */
export function reportedStatus(input: unknown, virtual: (real: Time) => Time): ReportedStatus | undefined {
  const { time, detail } = report.parse(input);
  const claim = claimOf(detail.mail.tags);
  const status = Object.hasOwn(statuses, detail.eventType) ? statuses[detail.eventType]?.(detail) : undefined;
  if (!claim || !status) return undefined;
  const { bounce, open, click, delivery, complaint } = detail;
  const happened = (bounce ?? open ?? click ?? delivery ?? complaint)?.timestamp;
  const suppressed = detail.eventType === "Bounce" && status === "failed";
  return {
    ...claim,
    status,
    ...(suppressed && { reason: "suppressed" }),
    time: virtual(toTime(happened) ?? (toTime(time) as Time)),
  };
}
