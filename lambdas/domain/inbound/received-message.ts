/**
 * The event `message.received`: a message that a customer sent. It goes to the queue of events directly, never on the bus,
 * because other listeners of the bus must not read what a customer wrote.
 */

import { SYSTEM_SOURCE } from "../events/event.ts";
import type { Channel } from "../messages/channel.ts";
import type { Time } from "../time/time.ts";
import type { Json } from "../values/json.ts";
import { MESSAGE_RECEIVED } from "./message-received.ts";
import { wordOf } from "./word.ts";

/** A longer text is cut. The longest text message has 1,600 characters, and the longest WhatsApp message 4,096. */
export const MOST_CHARACTERS = 4_096;

/**
 * The hops of a message from a number. A machine may have sent it, and a journey may answer it back: the entries that
 * messages lead to count as automatic, so that the two stop. This holds for each message, because the conversation
 * forgets which message a late one answers. A message does not continue the count of the journey that sent the message
 * before, because a person may answer more than eight times in a row.
 */
export const RECEIVED_HOPS = 1;

/** A message that does not say which message it answers, answers the newest message of this time. */
export const ANSWERED_WITHIN = "PT24H";

export interface ReceivedMessage {
  /** The identity of the inbound message, as the system's own event ids are written. */
  readonly id: string;
  readonly customerId: string;
  readonly channel: Channel;
  readonly text: string;
  readonly time: Time;
  /** The message that this one answers. */
  readonly messageId: string | undefined;
}

/** The delivery, in the form in which the bus would deliver it. A repetition has the same ids, so it enters nobody twice. */
export function receivedDelivery({ id, customerId, channel, text, time, messageId }: ReceivedMessage): string {
  const word = wordOf(text);
  const data: Record<string, Json> = {
    ...{ channel, text: cut(text) },
    ...(word !== undefined && { word }),
    ...(messageId !== undefined && { messageId }),
  };
  const detail = { id, customerId, time, data, hops: RECEIVED_HOPS };
  return JSON.stringify({ id, source: SYSTEM_SOURCE, "detail-type": MESSAGE_RECEIVED, time, detail });
}

/** A cut never leaves half of a surrogate pair. */
function cut(text: string): string {
  return text.slice(0, MOST_CHARACTERS).toWellFormed();
}
