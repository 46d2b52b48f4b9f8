/**
 * The channels of messages, and the traits of each. A new channel is one row here, one in `recipient.ts`, which
 * finds the address, and one in `app/messages/channels.ts`, which sends. No other code asks which channel a message has.
 */
import type { Status } from "./message-status.ts";

export const channels = ["email", "event", "sms"] as const;
export type Channel = (typeof channels)[number];

export function isChannel(value: unknown): value is Channel {
  return (channels as readonly unknown[]).includes(value);
}

interface Traits {
  /** Whether a template must have a subject. */
  readonly needsSubject: boolean;
  /** Whether a message is a plain text, without subject and HTML. */
  readonly textOnly: boolean;
  /** Whether messages wait for their turn when the stack has a rate for the channel. */
  readonly paced: boolean;
  /** Whether marketing messages wait while the circuit breaker is open. */
  readonly holdable: boolean;
  /** Whether the circuit breaker counts the messages. Messages that SES does not send cannot harm its reputation. */
  readonly judged: boolean;
  /** Whether an app sends the messages. */
  readonly sentByApp: boolean;
  /** Whether sending the same message twice does no harm. */
  readonly idempotent: boolean;
  /** The statuses that are reported of its messages. */
  readonly reports: readonly Status[];
  /** Those that an app may report. SES reports on email; only a reply reaches an app first. */
  readonly reportedByApps: readonly Status[];
}

export const traits = {
  email: {
    needsSubject: true,
    textOnly: false,
    paced: true,
    holdable: true,
    judged: true,
    sentByApp: false,
    idempotent: false,
    reports: ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"],
    reportedByApps: ["replied"],
  },
  event: {
    needsSubject: false,
    textOnly: false,
    paced: false,
    holdable: false,
    judged: false,
    sentByApp: true,
    idempotent: true,
    reports: ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"],
    reportedByApps: ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"],
  },
  sms: {
    needsSubject: false,
    textOnly: true,
    paced: true,
    holdable: true,
    judged: false,
    sentByApp: false,
    idempotent: false,
    reports: ["sent", "delivered", "replied", "failed"],
    reportedByApps: ["replied"],
  },
} as const satisfies Record<Channel, Traits>;

export function traitsOf(channel: Channel): Traits {
  return traits[channel];
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
