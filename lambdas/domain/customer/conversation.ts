/**
 * A conversation is stored with the facts of a number, so that a message from the number finds its customer. It has the
 * customers with the number, and the newest messages to the number. The other facts of a number (`address-facts.ts`)
 * are about nobody; a conversation names customers, so an erasure removes the customer from it.
 */
import type { Time } from "../time/time.ts";

export interface Conversation {
  /** The ids of the customers with the number. The customer last written to is the first. */
  readonly customers: readonly string[];
  /** The newest first. */
  readonly messages: readonly MessageTo[];
  /** The latest inbound messages, the newest first. A message that is delivered again follows its stored decision. */
  readonly received: readonly ReceivedFrom[];
}

/** A message to the number. The message is listed when it is claimed, so a listed message may never have been sent. */
export interface MessageTo {
  /** A channel of `messages/channel.ts`. */
  readonly channel: string;
  readonly customerId: string;
  readonly messageId: string;
  readonly at: Time;
}

/** An inbound message, and the decision about it. */
export interface ReceivedFrom {
  readonly id: string;
  /** The customer of the event `message.received`. */
  readonly customerId: string;
  /** The message of the stack that the customer answered. */
  readonly messageId?: string;
}

const MOST_CUSTOMERS = 20;
const MOST_MESSAGES = 10;
/** A message that is delivered again after so many others counts as new. */
export const MOST_RECEIVED = 20;

export const emptyConversation: Conversation = { customers: [], messages: [], received: [] };

export function isEmpty({ customers, messages, received }: Conversation): boolean {
  return customers.length + messages.length + received.length === 0;
}

/** A message that is claimed a second time is listed once. */
export function withMessageTo(conversation: Conversation, message: MessageTo): Conversation {
  const { customerId, messageId } = message;
  const others = conversation.messages.filter((each) => each.messageId !== messageId);
  return {
    ...conversation,
    customers: [customerId, ...conversation.customers.filter((each) => each !== customerId)].slice(0, MOST_CUSTOMERS),
    messages: [message, ...others].slice(0, MOST_MESSAGES),
  };
}

/** Lists a customer who has the number now. Returns the same object when the list needs no change. */
export function withCustomer(conversation: Conversation, customerId: string): Conversation {
  const { customers } = conversation;
  if (customers.includes(customerId) || customers.length >= MOST_CUSTOMERS) return conversation;
  return { ...conversation, customers: [...customers, customerId] };
}

/**
 * Removes a customer who does not have the number any more. Returns the same object when the customer is not listed.
 */
export function withoutCustomer(conversation: Conversation, customerId: string): Conversation {
  const { customers, messages, received } = conversation;
  const isOther = (each: { readonly customerId: string }) => each.customerId !== customerId;
  if (!customers.includes(customerId) && [...messages, ...received].every(isOther)) return conversation;
  return {
    ...conversation,
    customers: customers.filter((each) => each !== customerId),
    messages: messages.filter(isOther),
    received: received.filter(isOther),
  };
}

/** The decision about an inbound message; `undefined` when the message was not received before. */
export function receivedAs({ received }: Conversation, id: string): ReceivedFrom | undefined {
  return received.find((each) => each.id === id);
}

export function withReceived(conversation: Conversation, received: ReceivedFrom): Conversation {
  return { ...conversation, received: [received, ...conversation.received].slice(0, MOST_RECEIVED) };
}
