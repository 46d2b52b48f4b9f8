/**
 * How messages leave, by channel. Email is sent here; for any other channel the message is published, rendered, as
 * `message.requested`, and an app of the team's own sends it and reports back by `message.status`.
 */

import type { SystemEvent } from "../../domain/events/system-events.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import type { SendReason } from "../../domain/reasons/reason.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import type { OutgoingMessage } from "../../domain/walk/outcome.ts";
import type { Claim, Ports, SendResult } from "../ports.ts";

export interface Carrier {
  /** @throws ThrottledError when it was definitely not taken and may be tried again. */
  send(message: OutgoingMessage, claim: Claim, ports: Pick<Ports, "mail" | "bus" | "clock">): Promise<SendResult>;
  /** What is known of a message that was taken. */
  readonly taken: "sent" | "requested";
}

/** An event takes 256 kB, its envelope included: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const MOST_BYTES = 250_000;

export const channels: Record<Channel, Carrier> = {
  email: { send: (message, claim, { mail }) => mail.send(message, claim), taken: "sent" },
  event: { send: request, taken: "requested" },
};

/** The event's id is the same however often it is published. */
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
