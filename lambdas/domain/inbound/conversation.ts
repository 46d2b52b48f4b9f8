/**
 * What is stored with a number so that a message from it finds its customer: the customers who have the number, and the
 * newest messages to it. Unlike the facts of a number (`customer/address-facts.ts`), which nobody can connect with a
 * customer, a conversation names customers, so an erasure removes the customer from it.
 */

import type { Channel } from "../messages/channel.ts";
import type { Time } from "../time/time.ts";

export interface Conversation {
  /** The keyed hash of the number (`customer/address-mark.ts`). */
  readonly address: string;
  /** The ids of the customers with the number. The customer last written to is the first. */
  readonly customers: readonly string[];
  /** The newest first. */
  readonly messages: readonly MessageTo[];
  /** The latest inbound messages, the newest first. A message that is delivered again has the effects of the first time. */
  readonly received: readonly ReceivedFrom[];
  /** Each stored change increases the revision by one; 0: nothing is stored. */
  readonly revision: number;
}

/** A message to the number. It may not have been sent: it is listed when it is claimed. */
export interface MessageTo {
  readonly channel: Channel;
  readonly customerId: string;
  readonly messageId: string;
  readonly at: Time;
}

/** An inbound message, and what was decided about it. */
export interface ReceivedFrom {
  readonly id: string;
  /** The customer whose event it is. */
  readonly customerId: string;
  /** The customer's message that it answers. */
  readonly messageId?: string;
}

const MOST_CUSTOMERS = 20;
const MOST_MESSAGES = 10;
const MOST_RECEIVED = 20;

export function unknownConversation(address: string): Conversation {
  return { address, customers: [], messages: [], received: [], revision: 0 };
}

/** A message that is claimed a second time is listed once. */
export function withMessageTo(conversation: Conversation, message: MessageTo): Conversation {
  const { customerId, messageId } = message;
  const others = conversation.messages.filter((each) => each.messageId !== messageId);
  return next(conversation, {
    customers: [customerId, ...conversation.customers.filter((each) => each !== customerId)].slice(0, MOST_CUSTOMERS),
    messages: [message, ...others].slice(0, MOST_MESSAGES),
  });
}

/** Lists a customer who has the number now. Returns the same object when the list needs no change. */
export function withCustomer(conversation: Conversation, customerId: string): Conversation {
  const { customers } = conversation;
  if (customers.includes(customerId) || customers.length >= MOST_CUSTOMERS) return conversation;
  return next(conversation, { customers: [...customers, customerId] });
}

/** Removes a customer who does not have the number any more. Returns the same object when the customer is not listed. */
export function withoutCustomer(conversation: Conversation, customerId: string): Conversation {
  const { customers, messages, received } = conversation;
  const isOther = (each: { readonly customerId: string }) => each.customerId !== customerId;
  if (!customers.includes(customerId) && [...messages, ...received].every(isOther)) return conversation;
  return next(conversation, {
    customers: customers.filter((each) => each !== customerId),
    messages: messages.filter(isOther),
    received: received.filter(isOther),
  });
}

/** What was decided about an inbound message; `undefined` when it was not received before. */
export function receivedAs({ received }: Conversation, id: string): ReceivedFrom | undefined {
  return received.find((each) => each.id === id);
}

export function withReceived(conversation: Conversation, received: ReceivedFrom): Conversation {
  return next(conversation, { received: [received, ...conversation.received].slice(0, MOST_RECEIVED) });
}

function next(conversation: Conversation, change: Partial<Conversation>): Conversation {
  return { ...conversation, ...change, revision: conversation.revision + 1 };
}
