/**
 * The channels of messages, and the traits of each. A new channel is one row here and one in `app/messages/channels.ts`,
 * which sends. No other code asks which channel a message has.
 */
import { canonicalAddress } from "../customer/canonical-address.ts";
import { type Customer, email } from "../customer/customer.ts";
import type { Status } from "./message-status.ts";

export const channels = ["email", "event"] as const;
export type Channel = (typeof channels)[number];

export function isChannel(value: unknown): value is Channel {
  return (channels as readonly unknown[]).includes(value);
}

interface Address {
  /** The customer's address; `undefined` when the customer has none. */
  of(customer: Customer): string | undefined;
  /** The form of the address to which messages are sent; `undefined` when the channel cannot send there. */
  canonical(address: string): string | undefined;
}

interface Traits {
  /** Absent: the app that sends the messages knows the addresses. */
  readonly address?: Address;
  /** Whether a template must have a subject. */
  readonly needsSubject: boolean;
  /** Whether messages wait for their turn when the stack has a mail rate. */
  readonly paced: boolean;
  /** Whether the circuit breaker applies. Messages that SES does not send cannot harm the account's reputation. */
  readonly holdable: boolean;
  /** Whether sending the same message twice does no harm. */
  readonly idempotent: boolean;
  /** The statuses that are reported of its messages. */
  readonly reports: readonly Status[];
  /** Those that an app may report. SES reports on email; only a reply reaches an app first. */
  readonly reportedByApps: readonly Status[];
}

export const traits = {
  email: {
    address: { of: email, canonical: canonicalAddress },
    needsSubject: true,
    paced: true,
    holdable: true,
    idempotent: false,
    reports: ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"],
    reportedByApps: ["replied"],
  },
  event: {
    needsSubject: false,
    paced: false,
    holdable: false,
    idempotent: true,
    reports: ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"],
    reportedByApps: ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"],
  },
} as const satisfies Record<Channel, Traits>;

export function traitsOf(channel: Channel): Traits {
  return traits[channel];
}

/** The address to which a message to the customer is sent; `undefined` when there is none. */
export function recipientAddress(channel: Channel, customer: Customer): string | undefined {
  const { address } = traitsOf(channel);
  const stored = address?.of(customer);
  return stored === undefined ? undefined : address?.canonical(stored);
}

/** The statuses that messages of a channel can reach. An app may report replies for every channel. */
export function reportedStatuses(channel: Channel): readonly Status[] {
  const { reports } = traitsOf(channel);
  return reports.includes("replied") ? reports : [...reports, "replied"];
}

/** The statuses that a channel reports. */
export type ReportOf<C extends Channel> = (typeof traits)[C]["reports"][number];

/** The channel in the record of a skipped message whose template does not exist. */
export const UNKNOWN_CHANNEL: Channel = "email";
