/**
 * Facts of an email address or a number: whether the address bounced permanently, is on the suppression list of SES, or
 * belongs to a person who complained, and whether a STOP came from the number. These facts do not depend on the customer
 * who has the address. The facts are stored under a keyed hash of the address, so they survive the erasure of a customer
 * without revealing the address.
 */

import type { Time } from "../time/time.ts";
import { type Conversation, emptyConversation, isEmpty } from "./conversation.ts";

/**
 * Strongest first: no message reaches an address of the first three kinds. A person opts out of messages to a number.
 */
export const addressReports = ["bounced", "suppressed", "opted-out", "complained"] as const;
export type AddressReport = (typeof addressReports)[number];

export interface AddressFacts {
  /** The keyed hash of the address, see `address-mark.ts`. */
  readonly address: string;
  /** The time of the first report of each kind. */
  readonly reports: Readonly<Partial<Record<AddressReport, Time>>>;
  /** The time of the newest STOP from the number, by channel. It counts for each customer with the number. */
  readonly stopped?: Readonly<Record<string, Time>>;
  /** The time at which a person lifted all reports and each STOP so far. */
  readonly lifted?: Time;
  /** The time of the newest message from the address, for channels that allow a free answer only for some time. */
  readonly inboundAt?: Readonly<Record<string, Time>>;
  /**
   * The customers with the number, and the messages between the number and them. An erasure removes the customer from
   * the conversation.
   */
  readonly conversation?: Conversation;
  /** Each stored change increases the revision by one; 0: nothing is stored. */
  readonly revision: number;
}

export function unknownAddress(address: string): AddressFacts {
  return { address, reports: {}, revision: 0 };
}

/**
 * Adds a report. Returns the same object when the report is known, or when a person lifted the reports after its time.
 */
export function withReport(facts: AddressFacts, report: AddressReport, time: Time): AddressFacts {
  const known = facts.reports[report];
  if ((known !== undefined && known <= time) || (facts.lifted !== undefined && time <= facts.lifted)) return facts;
  return { ...facts, reports: { ...facts.reports, [report]: time }, revision: facts.revision + 1 };
}

/** Lifts all reports and each STOP: messages to the address may be sent again. */
export function lifted({ stopped: _, ...facts }: AddressFacts, now: Time): AddressFacts {
  return { ...facts, reports: {}, lifted: now, revision: facts.revision + 1 };
}

/**
 * Notes a STOP from the number. Returns the same object when a STOP that is as new is known, or when a person lifted each
 * STOP after its time.
 */
export function withStop(facts: AddressFacts, channel: string, time: Time): AddressFacts {
  const { stopped = {}, lifted = "", revision } = facts;
  if ((stopped[channel] ?? lifted) >= time) return facts;
  return { ...facts, stopped: { ...stopped, [channel]: time }, revision: revision + 1 };
}

/** Whether the newest word about the channel is a STOP from the number, and not the customer's own list of channels. */
export function hasStopped(facts: AddressFacts | undefined, channel: string, listedAt: Time | undefined): boolean {
  const at = facts?.stopped?.[channel];
  return at !== undefined && (listedAt === undefined || listedAt <= at);
}

/**
 * Notes a message from the address. Returns the same object when the facts have the time of a message that is as new or
 * newer.
 */
export function withInbound(facts: AddressFacts, channel: string, time: Time): AddressFacts {
  const { inboundAt = {}, revision } = facts;
  const known = inboundAt[channel];
  if (known !== undefined && known >= time) return facts;
  return { ...facts, inboundAt: { ...inboundAt, [channel]: time }, revision: revision + 1 };
}

export function conversationOf({ conversation = emptyConversation }: AddressFacts): Conversation {
  return conversation;
}

/** Returns the same object when the conversation is unchanged. An empty conversation is not stored. */
export function withConversation(facts: AddressFacts, after: Conversation): AddressFacts {
  if (after === conversationOf(facts)) return facts;
  const { conversation: _, ...others } = facts;
  return { ...others, revision: facts.revision + 1, ...(!isEmpty(after) && { conversation: after }) };
}

/**
 * The channel whose messages the report keeps back. Text messages and WhatsApp share a number, and a number that opted
 * out of text messages still has WhatsApp.
 */
const channelOf: Readonly<Record<AddressReport, string>> = {
  bounced: "email",
  suppressed: "email",
  "opted-out": "sms",
  complained: "email",
};

/** The strongest report about messages of the channel; `undefined` when there is none. */
export function strongestReport({ reports }: AddressFacts, channel: string): AddressReport | undefined {
  return addressReports.find((report) => reports[report] !== undefined && channelOf[report] === channel);
}
