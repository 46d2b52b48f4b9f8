/**
 * Reports of text messages, as EventBridge delivers them:
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html The service may lose such reports,
 * and may deliver them in any order and more than once. The final report may come after 72 hours. This file drops the
 * numbers.
 */
import * as z from "zod/mini";
import type { ReportedStatus } from "../../app/messages/record-message-status.ts";
import type { ReportOf } from "../../domain/messages/channel-traits.ts";
import { fromMilliseconds, type Time, toTime } from "../../domain/time/time.ts";

const report = z.object({
  time: z.string().check(z.refine((text) => toTime(text) !== undefined, "time is no RFC 3339 time.")),
  detail: z.object({
    eventType: z.string(),
    eventTimestamp: z.optional(z.int().check(z.positive())),
    context: z._default(z.record(z.string(), z.string()), {}),
  }),
});

/** An event type that is not here, such as `TEXT_QUEUED` or `TEXT_UNKNOWN`, says nothing certain. */
const statuses: Readonly<Record<string, ReportOf<"sms">>> = {
  TEXT_SENT: "sent",
  TEXT_SUCCESSFUL: "sent",
  TEXT_DELIVERED: "delivered",
  TEXT_BLOCKED: "failed",
  TEXT_CARRIER_BLOCKED: "failed",
  TEXT_CARRIER_UNREACHABLE: "failed",
  TEXT_INVALID: "failed",
  TEXT_INVALID_MESSAGE: "failed",
  TEXT_PROTECT_BLOCKED: "failed",
  TEXT_SPAM: "failed",
  TEXT_TTL_EXPIRED: "failed",
  TEXT_UNREACHABLE: "failed",
};

/**
 * `undefined` for a message that this stack did not send, and for a report that is not final. Throws when the input is
 * no report.
 */
export function reportedText(input: unknown, virtual: (real: Time) => Time): ReportedStatus | undefined {
  const { time, detail } = report.parse(input);
  const { customer, message, address } = detail.context;
  const status = Object.hasOwn(statuses, detail.eventType) ? statuses[detail.eventType] : undefined;
  if (!status || !customer || !message) return undefined;
  const { eventTimestamp } = detail;
  const happened = eventTimestamp === undefined ? (toTime(time) as Time) : fromMilliseconds(eventTimestamp);
  return {
    customerId: Buffer.from(customer, "base64url").toString("utf8"),
    messageId: message,
    status,
    time: virtual(happened),
    ...(address !== undefined && { addressHash: address }),
  };
}
