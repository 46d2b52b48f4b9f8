/**
 * The channels of messages, and how the reports about their messages count, which every function must know. A new channel
 * is one row here, one in `channel-traits.ts`, one in `recipient.ts`, which finds the address, and one in
 * `app/messages/channels.ts`, which sends. The compiler names every other table of channels.
 */
import { type Status, statuses } from "./message-status.ts";

export const channels = ["email", "event", "sms", "whatsapp"] as const;
export type Channel = (typeof channels)[number];

export function isChannel(value: unknown): value is Channel {
  return (channels as readonly unknown[]).includes(value);
}

interface Reporting {
  /** Whether the circuit breaker counts the messages. Messages that SES does not send cannot harm its reputation. */
  readonly judged: boolean;
  /** Whether an app sends the messages. */
  readonly sentByApp: boolean;
  /** The statuses that an app may report. SES reports on email; only a reply reaches an app first. */
  readonly reportedByApps: readonly Status[];
}

const byService = { judged: false, sentByApp: false, reportedByApps: ["replied"] } as const;

const reporting = {
  email: { judged: true, sentByApp: false, reportedByApps: ["replied"] },
  event: { judged: false, sentByApp: true, reportedByApps: statuses },
  sms: byService,
  whatsapp: byService,
} as const satisfies Record<Channel, Reporting>;

/** The channels whose messages an app sends. */
export type AppChannel = { [C in Channel]: (typeof reporting)[C]["sentByApp"] extends true ? C : never }[Channel];

export function reportingOf(channel: Channel): Reporting {
  return reporting[channel];
}

/** The channel in the record of a skipped message whose template does not exist. */
export const UNKNOWN_CHANNEL: Channel = "email";
