/**
 * What customers write to the stack, and the notifications of the topics that bring it. The values are plain, so that a
 * schedule can be printed and run again. The production code reads the notifications.
 */
import type { Channel } from "../../../lambdas/domain/messages/channel.ts";
import { type Time, toMilliseconds } from "../../../lambdas/domain/time/time.ts";

export type TextChannel = Extract<Channel, "sms" | "whatsapp">;

/** How a message travels. */
interface Travel {
  readonly text: string;
  /** Seconds until the topic delivers the message. */
  readonly lag: number;
  /** Seconds from the first delivery to another one; absent: the topic delivers the message once. */
  readonly again?: number | undefined;
  /** Whether the topic delivers something that no function can read together with the message. */
  readonly poison?: boolean | undefined;
}

/** A message that a person sends at some time. */
export interface Said extends Travel {
  readonly at: Time;
  readonly channel: TextChannel;
  readonly number: string;
}

/** An answer to the nth message that a service took, or to every message: a machine answers. */
export interface Reply extends Travel {
  readonly nth: number | "every";
  /** Seconds from the message to the answer. */
  readonly seconds: number;
  /** Whether the answer names the message by the id of the service. */
  readonly names: boolean;
}

/** What a service says to the request to send. `spent`: the limit of the month is used up. */
export type SendOutcome = "taken" | "refused" | "opted-out" | "spent";

/** The text channels of one schedule. */
export interface Texts {
  readonly says: readonly Said[];
  readonly replies: readonly Reply[];
  /** Of the messages to the services, one after the other. */
  readonly outcomes: readonly SendOutcome[];
}

/** A message that has been sent. */
export interface Inbound {
  readonly id: string;
  readonly channel: TextChannel;
  /** The number as the channel writes it. */
  readonly from: string;
  readonly text: string;
  readonly time: Time;
  readonly answeredId?: string | undefined;
}

/** WhatsApp adds a digit to numbers of Mexico. */
export function fromOf(number: string, channel: TextChannel): string {
  return channel === "whatsapp" ? number.replace(/^\+52(?=\d{10}$)/, "+521") : number;
}

/**
 * The bodies of the queue's messages, all of the same time. A text message travels alone; a notification of WhatsApp may
 * hold several messages.
 */
export function bodiesOf({ id, channel, from, text, time, answeredId }: Inbound, poison: boolean): readonly string[] {
  const notified = (content: object) =>
    JSON.stringify({ Type: "Notification", Message: JSON.stringify(content), Timestamp: time });
  if (channel === "sms") {
    const names = answeredId === undefined ? {} : { previousPublishedMessageId: answeredId };
    const content = { originationNumber: from, inboundMessageId: id, ...names };
    return [...(poison ? [notified(content)] : []), notified({ ...content, messageBody: text })];
  }
  const message = {
    ...{ id, type: "text", from: from.slice(1), timestamp: String(Math.floor(toMilliseconds(time) / 1000)) },
    text: { body: text },
    ...(answeredId !== undefined && { context: { id: answeredId } }),
  };
  const messages = poison ? [{ id: `${id}-bad` }, message] : [message];
  return [
    notified({ whatsAppWebhookEntry: JSON.stringify({ changes: [{ field: "messages", value: { messages } }] }) }),
  ];
}
