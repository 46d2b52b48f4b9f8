/**
 * Sends messages, by channel. SES sends email, AWS End User Messaging sends SMS. For the channel `event` the stack publishes the rendered message as
 * `message.requested`; an app of the team sends it and reports its status by `message.status`.
 */

import type { SystemEvent } from "../../domain/events/system-events.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import type { SendReason } from "../../domain/reasons/reason.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import type { OutgoingMessage } from "../../domain/walk/outcome.ts";
import type { Claim, Ports, SendResult } from "../ports.ts";

export type CarrierPorts = Pick<Ports, "mail" | "sms" | "bus" | "clock">;

export interface Carrier {
  /** @throws ThrottledError when the channel certainly did not accept the message and may accept it later. */
  send(message: OutgoingMessage, claim: Claim, ports: CarrierPorts): Promise<SendResult>;
  /** The state of a message that the channel has accepted. */
  readonly taken: "sent" | "requested";
}

/** EventBridge accepts events of 256 kB, the envelope included: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const MOST_BYTES = 250_000;

export const channels: Record<Channel, Carrier> = {
  email: { send: (message, claim, { mail }) => mail.send(message, claim), taken: "sent" },
  event: { send: request, taken: "requested" },
  sms: {
    send: async (message, claim, { sms }) =>
      sms ? sms.send(message, claim) : { sent: false, reason: "channel-off" satisfies SendReason },
    taken: "sent",
  },
};

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
