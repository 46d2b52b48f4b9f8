/**
 * Sends messages, by channel. SES sends email, AWS End User Messaging sends SMS and WhatsApp. For the channel `event`
 * the stack publishes the rendered message as `message.requested`; an app of the team sends it and reports its status
 * by `message.status`.
 */

import type { SystemEvent } from "../../domain/events/system-events.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import type { SendReason } from "../../domain/reasons/reason.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import type { OutgoingMessage } from "../../domain/walk/outcome.ts";
import { ThrottledError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import type { Claim, SendResult, Sms, Whatsapp } from "../sending-ports.ts";

export type CarrierPorts = Pick<Ports, "mail" | "sms" | "whatsapp" | "sentIds" | "bus" | "clock">;

export interface Carrier {
  /** @throws ThrottledError when the channel certainly did not accept the message and may accept it later. */
  send(message: OutgoingMessage, claim: Claim, ports: CarrierPorts): Promise<SendResult>;
  /** The state of a message that the channel has accepted. */
  readonly taken: "sent" | "requested";
}

/**
 * EventBridge accepts events of 256 kB, the envelope included:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
const MOST_BYTES = 250_000;

export const channels: Record<Channel, Carrier> = {
  email: { send: (message, claim, { mail }) => mail.send(message, claim), taken: "sent" },
  event: { send: request, taken: "requested" },
  sms: { send: (message, claim, { sms, sentIds }) => sendAndNote(message, claim, sms, sentIds), taken: "sent" },
  whatsapp: {
    send: (message, claim, { whatsapp, sentIds }) => sendAndNote(message, claim, whatsapp, sentIds),
    taken: "sent",
  },
};

/**
 * Sends, and stores the id that the service gave the message. Reports about a WhatsApp message, and answers to any
 * message, name it only by this id. The id is stored at once, so that the reports of WhatsApp decide if this call crashes
 * before it records the message.
 */
async function sendAndNote(
  message: OutgoingMessage,
  claim: Claim,
  service: Sms | Whatsapp | undefined,
  sentIds: CarrierPorts["sentIds"],
): Promise<SendResult> {
  if (!service) return { sent: false, reason: "channel-off" satisfies SendReason };
  const result = await service.send(message, claim);
  if (!result.sent || result.serviceId === undefined || !sentIds) return result;
  const { customerId, messageId } = claim;
  const { addressHash } = message;
  const sent = { customerId, messageId, ...(addressHash !== undefined && { addressHash }) };
  try {
    return { ...result, early: await sentIds.note(result.serviceId, sent) };
  } catch (error) {
    // The message was sent. After a throttle the message would be sent again, so this error must not be a throttle.
    throw error instanceof ThrottledError
      ? new Error("The id of a sent message was not stored.", { cause: error })
      : error;
  }
}

/** Each attempt publishes the event with the same id, so that the app can drop a repetition. */
async function request(
  { template, class: kind, topic, subject, html, text, unsubscribeUrl }: OutgoingMessage,
  { customerId, ...ids }: Claim,
  { bus, clock }: Pick<Ports, "bus" | "clock">,
): Promise<SendResult> {
  const data = {
    ...ids,
    template,
    class: kind,
    ...(topic !== undefined && { topic }),
    ...(subject !== "" && { subject }),
    ...(html !== undefined && { html }),
    ...(text !== undefined && { text }),
    ...(unsubscribeUrl !== undefined && { unsubscribeUrl }),
  };
  if (new TextEncoder().encode(JSON.stringify(data)).length > MOST_BYTES)
    return { sent: false, reason: "too-large" satisfies SendReason };
  const id = deterministicId(ids.messageId, "requested");
  const requested: SystemEvent = { name: "message.requested", id, customerId, time: clock.now(), data, hops: 0 };
  await bus.publish([requested]);
  return { sent: true };
}
