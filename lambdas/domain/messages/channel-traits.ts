/**
 * What a message of each channel has, and how it is sent. This file is apart from `channel.ts`, because few functions
 * need it.
 */
import type { Channel } from "./channel.ts";
import { type Status, statuses } from "./message-status.ts";

interface Traits {
  /** Whether a template must have a subject. */
  readonly needsSubject: boolean;
  /** Whether a message is a plain text, without subject and HTML. */
  readonly textOnly: boolean;
  /**
   * Only for a channel whose service approves templates. The service takes a plain text only within this time after the
   * newest message from the address, and an approved template at any time.
   */
  readonly textWithin?: string;
  /** Whether messages wait for their turn when the stack has a rate for the channel. */
  readonly paced: boolean;
  /** Whether marketing messages wait while the circuit breaker is open. */
  readonly holdable: boolean;
  /** Whether sending the same message twice does no harm. */
  readonly idempotent: boolean;
  /** Whether a transactional message is sent once more after a send whose result is unknown. */
  readonly repeatable: boolean;
  /** Whether a person can answer a message, and the stack receives the answer (`customer/conversation.ts`). */
  readonly answerable: boolean;
  /** The statuses that are reported of its messages. */
  readonly reports: readonly Status[];
}

const traits = {
  email: {
    needsSubject: true,
    textOnly: false,
    paced: true,
    holdable: true,
    idempotent: false,
    repeatable: true,
    answerable: false,
    reports: statuses,
  },
  event: {
    needsSubject: false,
    textOnly: false,
    paced: false,
    holdable: false,
    idempotent: true,
    repeatable: true,
    answerable: false,
    reports: statuses,
  },
  sms: {
    needsSubject: false,
    textOnly: true,
    paced: true,
    holdable: true,
    idempotent: false,
    repeatable: true,
    answerable: true,
    reports: ["sent", "delivered", "replied", "failed"],
  },
  whatsapp: {
    needsSubject: false,
    textOnly: true,
    textWithin: "PT24H",
    paced: true,
    holdable: true,
    idempotent: false,
    repeatable: false,
    answerable: true,
    reports: ["sent", "delivered", "read", "replied", "failed"],
  },
} as const satisfies Record<Channel, Traits>;

export function traitsOf(channel: Channel): Traits {
  return traits[channel];
}

/** The channels whose messages wait for their turn. Each of these channels has a rate of its own. */
export type PacedChannel = { [C in Channel]: (typeof traits)[C]["paced"] extends true ? C : never }[Channel];

export function isPaced(channel: Channel): channel is PacedChannel {
  return traitsOf(channel).paced;
}

/** The statuses that messages of a channel can reach. An app may report replies for every channel. */
export function reportedStatuses(channel: Channel): readonly Status[] {
  const { reports } = traitsOf(channel);
  return reports.includes("replied") ? reports : [...reports, "replied"];
}

/** The statuses that a channel reports. */
export type ReportOf<C extends Channel> = (typeof traits)[C]["reports"][number];
