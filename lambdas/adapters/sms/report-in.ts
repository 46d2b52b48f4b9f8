/** Reads a report, or a message from a customer, from the queue, in the form of the service that sent it. */
import type { ServiceMessage } from "../../app/messages/handle-service-message.ts";
import type { Time } from "../../domain/time/time.ts";
import { asObject, type Json } from "../../domain/values/json.ts";
import { reportedStatus } from "../ses-events.ts";
import { reportedWhatsapp } from "../whatsapp/whatsapp-events.ts";
import { inboundText } from "./inbound-text.ts";
import { reportedText } from "./sms-events.ts";

export function reportIn(input: unknown, virtual: (real: Time) => Time): ServiceMessage | undefined {
  const { source, Type: type } = asObject(input as Json) ?? {};
  if (type === "Notification") return { received: inboundText(input, virtual) };
  if (source === "aws.social-messaging") return reportedWhatsapp(input, virtual);
  return source === "aws.sms-voice" ? reportedText(input, virtual) : reportedStatus(input, virtual);
}
