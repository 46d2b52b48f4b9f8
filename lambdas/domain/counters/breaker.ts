/**
 * The circuit breaker of a journey. The breaker opens when the latest emails cause so many bounces or complaints that
 * SES could pause the account. Marketing emails, text messages and WhatsApp messages of the journey then wait until a
 * person closes the breaker.
 *
 * Like SES, it evaluates the latest emails and not a time span: the last 10,000 to 20,000 emails, or all of them
 * when there are fewer, but at least 100. So a bad day counts although many good days came before it. A late complaint
 * weighs the same, however few messages were sent since.
 */

import type { Time } from "../time/time.ts";
import { type Mailed, nothingMailed, type Spike, spikesOf } from "./reputation.ts";

/** Why the breaker is open, and since when. */
export interface Hold extends Spike {
  readonly at: Time;
}

export interface Breaker {
  readonly journeyId: string;
  /**
   * The totals at two moments in the past, the older first. The older totals are the current baseline, and the newer
   * totals are the next baseline.
   */
  readonly marks: readonly [from: Mailed, next: Mailed];
  readonly held?: Hold;
  /** The number of changes; 0 when nothing is stored yet. */
  readonly revision: number;
}

const REPRESENTATIVE = 10_000;
const LEAST_JUDGED = 100;

export function newBreaker(journeyId: string): Breaker {
  return { journeyId, marks: [nothingMailed, nothingMailed], revision: 0 };
}

/**
 * The breaker after a report. `total` is the current total of the journey. Returns the same object when nothing
 * changes.
 */
export function judgeReports(breaker: Breaker, total: Mailed, now: Time): Breaker {
  const [from, next] = breaker.marks;
  // A recount may lower the totals.
  if (total.sent < from.sent) return changed(breaker, { marks: [total, total] });
  const latest = since(from, total);
  const [worst] = latest.sent < LEAST_JUDGED ? [] : spikesOf(latest, "pause");
  if (worst && !breaker.held) return changed(breaker, { held: { ...worst, at: now } });
  return total.sent - next.sent >= REPRESENTATIVE ? changed(breaker, { marks: [next, total] }) : breaker;
}

/** Closes the breaker and forgets all reports until now. Returns the same object when the breaker is closed. */
export function released(breaker: Breaker, total: Mailed): Breaker {
  const { held, ...open } = breaker;
  return held ? changed(open, { marks: [total, total] }) : breaker;
}

function changed(breaker: Breaker, change: Partial<Breaker>): Breaker {
  return { ...breaker, ...change, revision: breaker.revision + 1 };
}

function since(mark: Mailed, total: Mailed): Mailed {
  return {
    sent: total.sent - mark.sent,
    bounced: total.bounced - mark.bounced,
    complained: total.complained - mark.complained,
  };
}
