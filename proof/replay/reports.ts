/**
 * The reports about a message in a replay. A message that was really sent gets its real reports, each with its real
 * delay. For a message that was never sent, the policy decides.
 */
import type { Channel } from "../../lambdas/domain/messages/channel.ts";
import { type Status, statuses } from "../../lambdas/domain/messages/message-status.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../../lambdas/domain/time/time.ts";
import { share } from "../../lambdas/domain/values/hash.ts";
import { own } from "../../lambdas/domain/values/json.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import type { SentMessage } from "./archive.ts";

/**
 * `none`: nothing is reported. `rates`: reports are as frequent and as late as the reports about the journey's real
 * messages. `worst`: the message bounces, and a message of another channel than email fails.
 */
export const policies = ["none", "rates", "worst"] as const;
export type Policy = (typeof policies)[number];

export interface Report {
  readonly status: Status;
  readonly at: Time;
}

export type MessageLine = Extract<TimelineLine, { kind: "message" }>;

/** The sent messages of one customer, each of which the replay sends at most once. */
export class KnownReports {
  private readonly left: Map<string, SentMessage[]>;

  constructor(sent: readonly SentMessage[] = []) {
    const inOrder = [...sent].sort((a, b) => (a.sentAt < b.sentAt ? -1 : a.sentAt > b.sentAt ? 1 : 0));
    this.left = Map.groupBy(inOrder, ({ enrollmentId, component }) => `${enrollmentId} ${component}`);
  }

  /** The reports of a message; `undefined`: the message was never sent. */
  of({ enrollmentId, componentId, at }: MessageLine): Report[] | undefined {
    const sent = this.left.get(`${enrollmentId} ${componentId}`)?.shift();
    return sent && reportsOf(sent).map(({ status, after }) => ({ status, at: later(at, after) }));
  }
}

interface Delay {
  readonly status: Status;
  /** Milliseconds after the message. */
  readonly after: number;
}

/** The simulator itself knows that a message was sent. */
function reportsOf({ sentAt, reported }: SentMessage): Delay[] {
  const sent = toMilliseconds(sentAt);
  return statuses.flatMap((status) => {
    const at = reported[status];
    return at === undefined || status === "sent" ? [] : [{ status, after: Math.max(0, toMilliseconds(at) - sent) }];
  });
}

/**
 * Sums over sent messages, by `JOURNEY` and `JOURNEY/COMPONENT`: the number of messages, and for each status the number
 * of reports and their delays.
 */
export type Rates = Record<
  string,
  { sent: number; reported: Partial<Record<Status, { count: number; after: number }>> }
>;

export function addToRates(rates: Rates, sent: readonly SentMessage[] = []): void {
  for (const message of sent)
    for (const name of [message.journeyId, `${message.journeyId}/${message.component}`]) {
      const sum = own(rates, name) ?? { sent: 0, reported: {} };
      rates[name] = sum;
      sum.sent++;
      for (const { status, after } of reportsOf(message)) {
        const known = sum.reported[status] ?? nothing;
        sum.reported[status] = { count: known.count + 1, after: known.after + after };
      }
    }
}

export function addRates(sum: Rates, more: Rates): void {
  for (const [name, { sent, reported }] of Object.entries(more)) {
    const known = own(sum, name) ?? { sent: 0, reported: {} };
    sum[name] = known;
    known.sent += sent;
    for (const status of statuses) {
      const [{ count, after }, add] = [known.reported[status] ?? nothing, reported[status]];
      if (add) known.reported[status] = { count: count + add.count, after: after + add.after };
    }
  }
}

const nothing = { count: 0, after: 0 };

export function assumedReports(line: MessageLine, policy: Policy, rates: Rates): Report[] {
  return assumptions[policy](line, rates);
}

/** The worst report that a channel makes of a message. */
const worst: Readonly<Record<Channel, Status>> = {
  email: "bounced",
  event: "failed",
  sms: "failed",
  whatsapp: "failed",
};

const assumptions: Record<Policy, (line: MessageLine, rates: Rates) => Report[]> = {
  none: () => [],
  worst: ({ channel, at }) => [{ status: worst[channel], at: later(at, 1000) }],
  /**
   * One random draw decides all statuses, so that a clicked message is also read if the rate of reads is not lower than
   * the rate of clicks.
   */
  rates: ({ journeyId, enrollmentId, componentId, at }, rates) => {
    const { sent, reported } = own(rates, `${journeyId}/${componentId}`) ??
      own(rates, journeyId) ?? { sent: 0, reported: {} };
    const draw = share(journeyId, componentId, enrollmentId);
    return statuses.flatMap((status) => {
      const { count, after } = reported[status] ?? nothing;
      return draw < (100 * count) / sent ? [{ status, at: later(at, Math.round(after / count)) }] : [];
    });
  },
};

const later = (at: Time, milliseconds: number) => fromMilliseconds(toMilliseconds(at) + milliseconds);
