/**
 * Complaints and bounces of one journey, against what SES tolerates of an account: it reviews accounts from 5 %
 * bounces or 0.1 % complaints, and may pause them from 10 % or 0.5 %.
 * https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-dg.html
 */
import { countersOf } from "./counters.ts";
import type { Counts } from "./counts.ts";

export interface Spike {
  readonly kind: "bounces" | "complaints";
  readonly reports: number;
  readonly sent: number;
}

/** What SES does to an account: it asks questions, or lets it send no more. */
export type Measure = "review" | "pause";

interface Tolerated {
  readonly status: "bounced" | "complained";
  /** The share of what was sent from which SES takes the measure. */
  readonly shares: Readonly<Record<Measure, number>>;
  /** Fewer reports are not judged: one complaint of ten mails says nothing. */
  readonly atLeast: number;
}

const tolerated: Readonly<Record<Spike["kind"], Tolerated>> = {
  bounces: { status: "bounced", shares: { review: 0.05, pause: 0.1 }, atLeast: 20 },
  complaints: { status: "complained", shares: { review: 0.001, pause: 0.005 }, atLeast: 5 },
};

/** What became of a journey's messages. */
export interface Mailed {
  readonly sent: number;
  readonly bounced: number;
  readonly complained: number;
}

export const nothingMailed: Mailed = { sent: 0, bounced: 0, complained: 0 };

/** Of all messages since the journey began, which is what the counters know. */
export function mailed(counts: Counts): Mailed {
  const total = { ...nothingMailed };
  for (const { counter, count } of countersOf(counts, "message"))
    if (counter.count === "sent" || counter.count === "bounced" || counter.count === "complained")
      total[counter.count] += count;
  return total;
}

/** Where a journey alone is past what SES would take the measure for. */
export function spikesOf(mailed: Mailed, measure: Measure): Spike[] {
  const { sent } = mailed;
  return Object.entries(tolerated).flatMap(([kind, { status, shares, atLeast }]) => {
    const reports = mailed[status];
    return reports >= atLeast && reports >= sent * shares[measure]
      ? [{ kind: kind as Spike["kind"], reports, sent }]
      : [];
  });
}
