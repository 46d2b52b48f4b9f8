/**
 * Handles a message that a person sent to one of the stack's numbers. A STOP word is a fact of the number: it counts for
 * each customer with the number. The conversation lists some of these customers; they are also unsubscribed from the
 * channel, so that journeys see it. The message that was answered gets the status `replied`; and the customer's event
 * `message.received` goes to the queue of events. If several customers have the number, the event belongs
 * to the customer whose message was answered, else to the customer to whom the stack last sent a message. Each step can
 * be repeated, and the id of the event is made of the id of the inbound message.
 */
import { conversationOf, withConversation, withInbound, withStop } from "../../domain/customer/address-facts.ts";
import { addressHash } from "../../domain/customer/address-mark.ts";
import {
  type Conversation,
  type MessageTo,
  type ReceivedFrom,
  receivedAs,
  withReceived,
} from "../../domain/customer/conversation.ts";
import { enrollmentIdOf } from "../../domain/enrollment/message-id.ts";
import { systemEventId } from "../../domain/events/system-event-id.ts";
import { ANSWERED_WITHIN, receivedDelivery } from "../../domain/inbound/received-message.ts";
import { senderNumbers } from "../../domain/inbound/sender-numbers.ts";
import { isStopWord } from "../../domain/inbound/stop-words.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import { minus, type Time } from "../../domain/time/time.ts";
import { numberOf } from "../exits/follow-number.ts";
import type { EventQueue, Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { type ReportPorts, recordMessageStatus } from "./record-message-status.ts";
import { unsubscribeFromChannel } from "./unsubscribe.ts";

export interface InboundMessage {
  readonly channel: Channel;
  /** The service's own id of the message. It is stored only as a hash: an id of WhatsApp holds the number. */
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly time: Time;
  /** The message that this one answers, when the service says which. */
  readonly answers?: AnsweredMessage | undefined;
}

type AnsweredMessage = Pick<MessageTo, "customerId" | "messageId">;

/** The ports that only messages from customers need. */
export interface AnswerPorts {
  readonly addressKey: string;
  readonly events: EventQueue;
}

type ReceivePorts = ReportPorts & AnswerPorts;

/** `unknown-number`: no customer has the number, so the message has no effect. */
type Outcome = "received" | "unknown-number";

export async function receiveMessage(inbound: InboundMessage, ports: ReceivePorts): Promise<Outcome> {
  const numbers = senderNumbers(inbound.from, inbound.channel);
  if (isStopWord(inbound.text)) for (const number of numbers) await noteStop(number, inbound, ports);
  for (const number of numbers) if ((await receiveFrom(number, inbound, ports)) === "received") return "received";
  return "unknown-number";
}

/** The number counts, even when no customer is known to have it. */
function noteStop(
  number: string,
  { channel, time }: InboundMessage,
  { store, addressKey }: ReceivePorts,
): Promise<void> {
  return retryOnConflict(async () => {
    const before = await store.addressFacts(addressHash(number, addressKey));
    const facts = withStop(before, channel, time);
    if (facts !== before) await store.commit([{ kind: "address", facts }]);
  });
}

async function receiveFrom(number: string, inbound: InboundMessage, ports: ReceivePorts): Promise<Outcome> {
  const { channel, time, text } = inbound;
  const address = addressHash(number, ports.addressKey);
  const facts = await ports.store.addressFacts(address);
  const conversation = conversationOf(facts);
  const customers = await customersWith(number, conversation, ports);
  const [lastWrittenTo] = customers;
  if (lastWrittenTo === undefined) return "unknown-number";

  const id = systemEventId("received", channel, inbound.id);
  const known = receivedAs(conversation, id);
  // A STOP that is delivered again must not undo a consent that the customer gave after it.
  const stops = isStopWord(text) && !known;
  if (stops) for (const customerId of customers) await unsubscribeFromChannel(customerId, channel, ports, facts);
  const answered = await answeredMessage(inbound, customers, conversation, ports);
  const reached = stops ? conversation.customers : undefined;
  const decided = await decideOnce({ customerId: lastWrittenTo, ...answered, id }, reached, inbound, number, ports);
  if (!decided) return receiveFrom(number, inbound, ports);
  const { customerId, messageId } = decided;
  if (messageId !== undefined) await recordMessageStatus({ customerId, messageId, status: "replied", time }, ports);
  await ports.events.put(receivedDelivery({ id, customerId, channel, text, time, messageId }));
  return "received";
}

/** The customers who have the number now. The list may be older than the newest change of a customer. */
async function customersWith(
  number: string,
  { customers }: Conversation,
  { store }: Pick<Ports, "store">,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const customerId of customers) if (numberOf(await store.customer(customerId)) === number) found.push(customerId);
  return found;
}

/**
 * Stores the decision. If an earlier call has stored a decision about this message, the stored decision counts, because
 * a later call may find another newest message. The time of the message is stored before the event is queued: the event
 * may start a journey that answers, and the channel may take a text only for some time after that time.
 *
 * `reached`: the customers who were listed when STOP was carried out. `undefined` is returned, and nothing is stored, in
 * two cases. The customer does not have the number any more: no later change would remove the customer from the
 * conversation. Or another customer was listed since, and STOP must reach this customer too.
 */
function decideOnce(
  decision: ReceivedFrom,
  reached: readonly string[] | undefined,
  { channel, time }: InboundMessage,
  number: string,
  { store, addressKey }: Pick<ReceivePorts, "store" | "addressKey">,
): Promise<ReceivedFrom | undefined> {
  return retryOnConflict(async () => {
    const before = await store.addressFacts(addressHash(number, addressKey));
    const conversation = conversationOf(before);
    const known = receivedAs(conversation, decision.id);
    if (!known && reached && conversation.customers.some((each) => !reached.includes(each))) return undefined;
    const customer = await store.customer(decision.customerId);
    if (numberOf(customer) !== number) return undefined;
    const noted = withInbound(before, channel, time);
    const facts = known ? noted : withConversation(noted, withReceived(conversation, decision));
    if (facts !== before)
      await store.commit([
        { kind: "address", facts: { ...facts, revision: before.revision + 1 } },
        { kind: "unchanged", customer },
      ]);
    return known ?? decision;
  });
}

/** A message to a customer who does not have the number any more counts as none. */
async function answeredMessage(
  inbound: InboundMessage,
  customers: readonly string[],
  conversation: Conversation,
  ports: Pick<Ports, "store">,
): Promise<AnsweredMessage | undefined> {
  const { answers } = inbound;
  if (answers === undefined) return newestMessage(inbound, customers, conversation, ports);
  return customers.includes(answers.customerId) ? answers : undefined;
}

/** The newest message on the channel to one of the customers, unless it certainly was not sent. */
async function newestMessage(
  { channel, time }: InboundMessage,
  customers: readonly string[],
  { messages }: Conversation,
  { store }: Pick<Ports, "store">,
): Promise<AnsweredMessage | undefined> {
  const since = minus(time, ANSWERED_WITHIN);
  for (const { customerId, messageId, at, channel: sentOn } of messages) {
    if (sentOn !== channel || at > time || at < since || !customers.includes(customerId)) continue;
    const stored = await store.enrollment({ customerId, enrollmentId: enrollmentIdOf(messageId) });
    const state = stored?.messages.find((message) => message.messageId === messageId)?.state;
    if (state !== undefined && state !== "failed" && state !== "skipped") return { customerId, messageId };
  }
  return undefined;
}
