/**
 * Reports of SES, as EventBridge delivers them: https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html
 * Best effort, unordered and repeated. Addresses, headers and subjects are dropped here: nothing behind this file
 * sees them.
 */
import * as z from "zod/mini";
import type { ReportedStatus } from "../app/messages/record-message-status.ts";
import type { ReportOf } from "../domain/messages/channel.ts";
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
    bounce: z.optional(z.object({ bounceType: z.string(), timestamp: moment })),
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
  // A full mailbox may take the next message; only what bounces for good counts.
  Bounce: ({ bounce }) => (bounce?.bounceType === "Permanent" ? "bounced" : undefined),
  Complaint: () => "complained",
  Reject: () => "failed",
  "Rendering Failure": () => "failed",
};

function isBot(flag: unknown): boolean {
  return flag === true || String(flag).toLowerCase() === "likely";
}

/** `undefined` for what means nothing here: mail of others, bots, delays. Throws for what is no report at all. */
export function reportedStatus(input: unknown, virtual: (real: Time) => Time): ReportedStatus | undefined {
  const { time, detail } = report.parse(input);
  const claim = claimOf(detail.mail.tags);
  const status = Object.hasOwn(statuses, detail.eventType) ? statuses[detail.eventType]?.(detail) : undefined;
  if (!claim || !status) return undefined;
  const { bounce, open, click, delivery, complaint } = detail;
  const happened = (bounce ?? open ?? click ?? delivery ?? complaint)?.timestamp;
  return { ...claim, status, time: virtual(toTime(happened) ?? (toTime(time) as Time)) };
}
