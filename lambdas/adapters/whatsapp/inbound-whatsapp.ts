/**
 * The WhatsApp messages of customers, as End User Messaging Social publishes them to the topic of the WhatsApp Business
 * account: https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html One
 * notification holds an entry of Meta, as a text, with any number of messages. It may also hold statuses of sent
 * messages; these are ignored here, because they come over the bus (`whatsapp-events.ts`).
 */
import * as z from "zod/mini";
import type { WithAnsweredId } from "../../app/messages/handle-service-message.ts";
import { fromMilliseconds, type Time } from "../../domain/time/time.ts";
import type { Notification } from "../inbound/notification.ts";

const published = z.object({ whatsAppWebhookEntry: z.string() });
const entry = z.object({
  changes: z.array(
    z.object({ field: z.string(), value: z.optional(z.object({ messages: z.optional(z.array(z.unknown())) })) }),
  ),
});

const id = z.string().check(z.minLength(1), z.maxLength(1_000));
const titled = z.optional(z.object({ title: z.string() }));
const captioned = z.optional(z.object({ caption: z.optional(z.string()) }));
const message = z.object({
  id,
  /** Digits without "+". Meta leaves the number out when the customer hides it. */
  from: z.optional(z.string().check(z.regex(/^\d+$/, "The number of the sender is not written in digits."))),
  /** Whole seconds since 1970. */
  timestamp: z.string().check(z.regex(/^\d{1,12}$/, "The timestamp is no number of seconds.")),
  type: z.string(),
  text: z.optional(z.object({ body: z.string() })),
  button: z.optional(z.object({ text: z.string() })),
  interactive: z.optional(z.object({ button_reply: titled, list_reply: titled })),
  image: captioned,
  video: captioned,
  document: captioned,
  reaction: z.optional(z.object({ message_id: id, emoji: z.optional(z.string()) })),
  context: z.optional(z.object({ id: z.optional(id) })),
});
type Message = z.output<typeof message>;

/** Meta also tells in the form of a message that a number has changed, or that a chat was opened: nobody wrote. */
const notWritten: ReadonlySet<string> = new Set(["system", "request_welcome"]);

export function isWhatsapp({ content }: Notification): boolean {
  return published.safeParse(content).success;
}

/**
 * The messages of the notification. Messages that can be read come first. Then the function throws if there is one that
 * cannot be read, so that it takes no other message with it to the dead-letter queue.
 */
export function* inboundWhatsapp(
  { content, time }: Notification,
  virtual: (real: Time) => Time,
): Generator<WithAnsweredId> {
  const { changes } = entry.parse(JSON.parse(published.parse(content).whatsAppWebhookEntry));
  const messages = changes.flatMap(({ field, value }) => (field === "messages" ? (value?.messages ?? []) : []));
  const read = messages.map((each) => message.safeParse(each));
  for (const { data } of read)
    if (data && !notWritten.has(data.type)) yield { ...saidIn(data), time: virtual(sentAt(data, time)) };
  for (const { error } of read) if (error) throw error;
}

function saidIn({ id, from, reaction, context, ...content }: Message): Omit<WithAnsweredId, "time"> {
  const answeredId = reaction?.message_id ?? context?.id;
  return {
    channel: "whatsapp",
    id,
    from: from === undefined ? "" : `+${from}`,
    text: reaction?.emoji ?? textOf(content),
    ...(answeredId !== undefined && { answeredId }),
  };
}

/** The text, the title of the chosen button, or the caption of a picture; empty for a voice message or a place. */
function textOf({ text, button, interactive, image, video, document }: Partial<Message>): string {
  const title = interactive?.button_reply?.title ?? interactive?.list_reply?.title;
  const caption = image?.caption ?? video?.caption ?? document?.caption;
  return text?.body ?? button?.text ?? title ?? caption ?? "";
}

/** The end of Meta's second, so that no answer is older than the message that it answers; never after the notification. */
function sentAt({ timestamp }: Message, published: Time): Time {
  const end = fromMilliseconds(Number(timestamp) * 1000 + 999);
  return end < published ? end : published;
}
