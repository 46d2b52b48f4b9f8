/**
 * WhatsApp messages from customers, as AWS publishes Meta's notification to the topic of the business account:
 * https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html A notification about
 * statuses has no messages. A message without text, such as a picture, has the text "".
 */
import * as z from "zod/mini";
import type { InboundMessage } from "../../app/messages/receive-message.ts";
import { fromMilliseconds, type Time } from "../../domain/time/time.ts";

const message = z.object({
  id: z.string().check(z.minLength(1)),
  /** The digits of the number, without a plus. */
  from: z.string().check(z.minLength(1)),
  /** Seconds since 1970. */
  timestamp: z.string().check(z.regex(/^[1-9]\d{0,10}$/)),
  text: z.optional(z.object({ body: z.string() })),
  button: z.optional(z.object({ text: z.string() })),
});

const entry = z.object({
  changes: z.array(z.object({ value: z.object({ messages: z._default(z.array(message), []) }) })),
});

/** `webhookEntry`: the JSON in the member `whatsAppWebhookEntry`. */
export function inboundWhatsapp(webhookEntry: string, virtual: (real: Time) => Time): InboundMessage[] {
  const { changes } = entry.parse(JSON.parse(webhookEntry));
  return changes.flatMap(({ value }) =>
    value.messages.map(({ id, from, timestamp, text, button }) => ({
      channel: "whatsapp",
      id,
      from: `+${from}`,
      text: text?.body ?? button?.text ?? "",
      time: virtual(fromMilliseconds(Number(timestamp) * 1000)),
    })),
  );
}
