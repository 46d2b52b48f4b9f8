/**
 * A text message from a customer, as End User Messaging publishes it to the topic for two-way messages:
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html The message has no time of its own, so
 * the time of the notification counts. A topic may deliver a message more than once, and in any order. The service may
 * name the message that the customer answers; it may also be a message that this stack did not send.
 */
import * as z from "zod/mini";
import type { WithAnsweredId } from "../../app/messages/handle-service-message.ts";
import type { Time } from "../../domain/time/time.ts";
import type { Notification } from "../inbound/notification.ts";

const message = z.object({
  originationNumber: z.string().check(z.minLength(1)),
  messageBody: z.string(),
  inboundMessageId: z.string().check(z.minLength(1)),
  previousPublishedMessageId: z.nullish(z.string()),
});

/** Throws when the notification holds no text message. */
export function inboundText({ content, time }: Notification, virtual: (real: Time) => Time): WithAnsweredId {
  const { originationNumber, messageBody, inboundMessageId, previousPublishedMessageId } = message.parse(content);
  return {
    channel: "sms",
    id: inboundMessageId,
    from: originationNumber,
    text: messageBody,
    time: virtual(time),
    ...(previousPublishedMessageId && { answeredId: previousPublishedMessageId }),
  };
}
