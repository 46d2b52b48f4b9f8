/** Reads what a message of the queue holds: a report, or the messages of customers that a topic delivered. */
import type { ServiceMessage } from "../../app/messages/handle-service-message.ts";
import type { Time } from "../../domain/time/time.ts";
import { asObject, type Json } from "../../domain/values/json.ts";
import { notificationIn } from "../inbound/notification.ts";
import { inboundWhatsapp, isWhatsapp } from "../whatsapp/inbound-whatsapp.ts";
import { inboundText } from "./inbound-text.ts";
import { reportIn } from "./report-in.ts";

/** Throws when the input, or a message in it, cannot be read. The other messages come before that. */
export function* serviceMessages(input: unknown, virtual: (real: Time) => Time): Generator<ServiceMessage> {
  if (asObject(input as Json)?.Type === "Notification") {
    const notification = notificationIn(input);
    if (isWhatsapp(notification)) yield* inboundWhatsapp(notification, virtual);
    else yield inboundText(notification, virtual);
    return;
  }
  const report = reportIn(input, virtual);
  if (report) yield report;
}
