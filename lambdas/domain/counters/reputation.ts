/**
 * Compares the bounces and complaints of one journey with the limits that SES sets for an account. SES reviews an
 * account from 5 % bounces or 0.1 % complaints, and may pause it from 10 % or 0.5 %.
 * https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-dg.html
 */
import { isJudged, type Judged } from "./counter-name.ts";
import { countersOf } from "./counters.ts";
import type { Counts } from "./counts.ts";

export interface Spike {
  readonly kind: "bounces" | "complaints";
  readonly reports: number;
  readonly sent: number;
}

/** `review`: SES asks the account's owner questions. `pause`: SES stops all sending of the account. */
export type Measure = "review" | "pause";

interface Tolerated {
  readonly status: "bounced" | "complained";
  /** SES takes the measure when bounces or complaints reach this share of the sent messages. */
  readonly shares: Readonly<Record<Measure, number>>;
  /** Fewer reports than this have no effect, because one complaint about ten mails proves nothing. */
  readonly atLeast: number;
}

const tolerated: Readonly<Record<Spike["kind"], Tolerated>> = {
  bounces: { status: "bounced", shares: { review: 0.05, pause: 0.1 }, atLeast: 20 },
  complaints: { status: "complained", shares: { review: 0.001, pause: 0.005 }, atLeast: 5 },
};

/** How many emails a journey sent, and how many bounced or caused a complaint. */
export type Mailed = { readonly [J in Judged]: number };

export const nothingMailed: Mailed = { sent: 0, bounced: 0, complained: 0 };

/**
 * The totals of all emails since the journey began; the counters keep no shorter time span. Messages that an app sends do
 * not count: their bounces harm no account, and many of them would hide the bounces of the emails.
 */
export function mailed(counts: Counts): Mailed {
  const total = { ...nothingMailed };
  for (const { counter, count } of countersOf(counts, "message"))
    if (isJudged(counter.count)) total[counter.count] += count;
  for (const { counter, count } of countersOf(counts, "byApp")) total[counter.count] -= count;
  return total;
}

/** The kinds of reports for which this journey alone exceeds the limit of the measure. */
export function spikesOf(mailed: Mailed, measure: Measure): Spike[] {
  const { sent } = mailed;
  return Object.entries(tolerated).flatMap(([kind, { status, shares, atLeast }]) => {
    const reports = mailed[status];
    return reports >= atLeast && reports >= sent * shares[measure]
      ? [{ kind: kind as Spike["kind"], reports, sent }]
      : [];
  });
}
