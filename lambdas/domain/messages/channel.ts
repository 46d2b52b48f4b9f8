/**
 * The channels by which messages leave, and what is true of each. A new channel is one row here and one in
 * `app/channels.ts`, which sends; no other place asks which channel it is.
 */
import { type Customer, email } from "../customer/customer.ts";
import type { Status } from "./message-status.ts";

export const channels = ["email", "event"] as const;
export type Channel = (typeof channels)[number];

export function isChannel(value: unknown): value is Channel {
  return (channels as readonly unknown[]).includes(value);
}

interface Address {
  /** Where messages to the customer go; `undefined` when it is not known. */
  of(customer: Customer): string | undefined;
  /** Whether a message may be sent there at all. */
  isGood(address: string): boolean;
}

interface Traits {
  /** Absent: the app that sends knows where messages go. */
  readonly address?: Address;
  /** Whether a template says nothing without a subject. */
  readonly needsSubject: boolean;
  /** Whether messages wait for their turn when a rate is set. */
  readonly paced: boolean;
  /** Whether the circuit breaker may hold marketing back: what SES does not send does not harm its reputation. */
  readonly holdable: boolean;
  /** Whether handing over the same message twice does no harm. */
  readonly idempotent: boolean;
  /** The statuses that are reported of its messages. */
  readonly reports: readonly Status[];
}

/** One mailbox and nothing else: neither a name, nor a list, nor the beginning of another header. */
const MAILBOX = /^[^\s<>()[\]\\,;:"@\p{C}]{1,64}@[^\s<>()[\]\\,;:"@\p{C}]{1,255}$/u;

export const traits = {
  email: {
    address: { of: email, isGood: (address) => MAILBOX.test(address) },
    needsSubject: true,
    paced: true,
    holdable: true,
    idempotent: false,
    reports: ["sent", "delivered", "read", "clicked", "bounced", "complained", "failed"],
  },
  event: {
    needsSubject: false,
    paced: false,
    holdable: false,
    idempotent: true,
    reports: ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"],
  },
} as const satisfies Record<Channel, Traits>;

export function traitsOf(channel: Channel): Traits {
  return traits[channel];
}

/** The statuses that are reported of a channel's messages. */
export type ReportOf<C extends Channel> = (typeof traits)[C]["reports"][number];

/** What a skipped message is noted under when its template does not exist. */
export const UNKNOWN_CHANNEL: Channel = "email";
