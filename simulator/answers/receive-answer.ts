/**
 * A scenario and an archive have a message that a customer sent as the event `message.received`. On a stack, such a
 * message has more effects than the event (`app/messages/receive-message.ts`). A simulation has these effects here: a
 * STOP word unsubscribes, the message that was answered is `replied`, the channel takes texts for some time, and the
 * event names the word and the message that was answered. The customer is the one that the event names.
 */
import type { ReportedStatus } from "../../lambdas/app/messages/record-message-status.ts";
import { unsubscribeFromChannel } from "../../lambdas/app/messages/unsubscribe.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import { addressHash } from "../../lambdas/domain/customer/address-mark.ts";
import type { Message } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import { ANSWERED_WITHIN, RECEIVED_HOPS } from "../../lambdas/domain/inbound/received-message.ts";
import { isStopWord } from "../../lambdas/domain/inbound/stop-words.ts";
import { wordOf } from "../../lambdas/domain/inbound/word.ts";
import { isChannel } from "../../lambdas/domain/messages/channel.ts";
import { traitsOf } from "../../lambdas/domain/messages/channel-traits.ts";
import { recipientAddress } from "../../lambdas/domain/messages/recipient.ts";
import { EPOCH, minus } from "../../lambdas/domain/time/time.ts";
import { noteInbound } from "./note-inbound.ts";

type AnswerPorts = Pick<Ports, "store" | "clock" | "addressKey">;

/** Returns the event as the stack would queue it. `report`: reports a status of a message. */
export async function receiveAnswer(
  event: CustomerEvent,
  ports: AnswerPorts,
  report: (reported: ReportedStatus) => Promise<void>,
): Promise<CustomerEvent> {
  const { customerId, time, data } = event;
  const { channel, text } = data;
  if (!isChannel(channel) || !traitsOf(channel).answerable || (await isRepeated(event, ports))) return event;
  if (typeof text === "string" && isStopWord(text)) await unsubscribeFromChannel(customerId, channel, ports);
  const number = recipientAddress(channel, await ports.store.customer(customerId));
  if (number !== undefined && ports.addressKey !== undefined)
    await noteInbound(addressHash(number, ports.addressKey), channel, time, ports);
  const sent = (await ports.store.enrollments(customerId)).flatMap(({ messages }) => messages);
  const answered = sent.find(({ messageId }) => messageId === data.messageId) ?? newest(sent, event);
  if (answered) await report({ customerId, messageId: answered.messageId, status: "replied", time });
  const messageId = data.messageId ?? answered?.messageId;
  const word = data.word ?? (typeof text === "string" ? wordOf(text) : undefined);
  return {
    ...event,
    data: { ...data, ...(word !== undefined && { word }), ...(messageId !== undefined && { messageId }) },
    hops: RECEIVED_HOPS,
  };
}

/** A STOP that is delivered again must not undo a consent that the customer gave after it. */
async function isRepeated({ id, name, customerId }: CustomerEvent, { store }: AnswerPorts): Promise<boolean> {
  const events = await store.events(customerId, name, EPOCH);
  return events.some((stored) => stored.id === id);
}

function newest(sent: readonly Message[], { data, time }: CustomerEvent): Message | undefined {
  if (data.messageId !== undefined) return undefined;
  return sent
    .filter(({ channel, state }) => channel === data.channel && state !== "failed" && state !== "skipped")
    .filter(({ claimedAt }) => claimedAt <= time && claimedAt >= minus(time, ANSWERED_WITHIN))
    .toSorted((a, b) => (a.claimedAt < b.claimedAt ? -1 : 1))
    .at(-1);
}
