/**
 * A text message from a customer, as End User Messaging publishes it to the topic for two-way messages:
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html The message has no time of its own, so
 * the time of the notification counts. A topic may deliver a message more than once, and in any order.
 */
import * as z from "zod/mini";
import type { InboundMessage } from "../../app/messages/receive-message.ts";
import { type Time, toTime } from "../../domain/time/time.ts";
import { inboundWhatsapp } from "../whatsapp/inbound-whatsapp.ts";

const notification = z.object({
  Message: z.string(),
  Timestamp: z.string().check(z.refine((text) => toTime(text) !== undefined, "Timestamp is no RFC 3339 time.")),
});

/** The notification of a WhatsApp business account. */
const webhook = z.object({ whatsAppWebhookEntry: z.string() });

const message = z.object({
  originationNumber: z.string().check(z.minLength(1)),
  messageBody: z.string(),
  inboundMessageId: z.string().check(z.minLength(1)),
});

/** Throws when the input is no notification with messages. */
export function inboundText(input: unknown, virtual: (real: Time) => Time): InboundMessage[] {
  const { Message, Timestamp } = notification.parse(input);
  const said: unknown = JSON.parse(Message);
  const whatsapp = webhook.safeParse(said);
  if (whatsapp.success) return inboundWhatsapp(whatsapp.data.whatsAppWebhookEntry, virtual);
  const { originationNumber, messageBody, inboundMessageId } = message.parse(said);
  return [
    {
      channel: "sms",
      id: inboundMessageId,
      from: originationNumber,
      text: messageBody,
      time: virtual(toTime(Timestamp) as Time),
    },
  ];
}
