/**
 * Reports of WhatsApp messages, as EventBridge delivers them:
 * https://docs.aws.amazon.com/social-messaging/latest/userguide/monitor-event-bridge.html The service may lose such
 * reports, and may deliver them in any order and more than once. A report names the message only by the service's id,
 * which is an opaque text here. This file drops the numbers.
 */
import * as z from "zod/mini";
import type { ServiceReport } from "../../app/messages/find-reported.ts";
import type { ReportOf } from "../../domain/messages/channel-traits.ts";
import type { SendReason } from "../../domain/reasons/reason.ts";
import { fromMilliseconds, type Time, toTime } from "../../domain/time/time.ts";

const report = z.object({
  "detail-type": z.string(),
  time: z.string().check(z.refine((text) => toTime(text) !== undefined, "time is no RFC 3339 time.")),
  detail: z.object({
    messageId: z.string().check(z.minLength(1), z.maxLength(1_000)),
    /** Seconds since 1970, as a text. */
    eventTimestamp: z.optional(z.union([z.string(), z.number()])),
    errors: z.optional(z.array(z.object({ code: z.optional(z.number()) }))),
  }),
});

const statuses: Readonly<Record<string, ReportOf<"whatsapp">>> = {
  "WhatsApp Message Sent": "sent",
  "WhatsApp Message Delivered": "delivered",
  "WhatsApp Message Read": "read",
  "WhatsApp Message Failed": "failed",
  "WhatsApp Message Undeliverable": "failed",
};

/**
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes A code that says that
 * the values do not fit the variables has a reason of its own, because the author can correct the values.
 */
const reasons: Readonly<Record<number, SendReason>> = {
  131026: "not-on-whatsapp",
  131047: "outside-window",
  131049: "held-by-meta",
  132000: "template-values",
  132001: "template-refused",
  132005: "template-values",
  132007: "template-refused",
  132012: "template-values",
  132015: "template-refused",
  132016: "template-refused",
  132018: "template-values",
  132068: "template-refused",
};

/** `undefined` for another event of the service. Throws when the input is no report. */
export function reportedWhatsapp(input: unknown, virtual: (real: Time) => Time): ServiceReport | undefined {
  const { "detail-type": kind, time, detail } = report.parse(input);
  const status = Object.hasOwn(statuses, kind) ? statuses[kind] : undefined;
  if (!status) return undefined;
  const { messageId, eventTimestamp, errors } = detail;
  const seconds = Number(eventTimestamp);
  const happened = seconds > 0 ? fromMilliseconds(seconds * 1000) : (toTime(time) as Time);
  return {
    serviceId: messageId,
    status,
    time: virtual(happened),
    ...(status === "failed" && { reason: reasonOf(errors?.[0]?.code) }),
  };
}

/** Meta's own number of a reason that has no name here, such as `meta-131053`. */
function reasonOf(code: number | undefined): string {
  if (code === undefined) return "undeliverable";
  return (Object.hasOwn(reasons, code) ? reasons[code] : undefined) ?? `meta-${code}`;
}
