/**
 * The circuit breaker of a journey: when its latest messages bounce or are complained of so much that SES would pause
 * the account for it, its marketing emails are held until somebody says that it may go on. Judged by volume, as SES
 * does, and not by time: what counts are the last 10,000 to 20,000 messages, or all when there were fewer, but 100 at
 * least. So neither does a good past hide a bad day, nor do late complaints weigh more because little was sent since.
 */

import type { Time } from "../time/time.ts";
import { type Mailed, nothingMailed, type Spike, spikesOf } from "./reputation.ts";

/** Why marketing is held, and since when. */
export interface Hold extends Spike {
  readonly at: Time;
}

export interface Breaker {
  readonly journeyId: string;
  /** What had become of the journey's messages at two moments in the past, the older first: one is judged from, one will be. */
  readonly marks: readonly [from: Mailed, next: Mailed];
  readonly held?: Hold;
  /** How often it was changed; 0 = nothing is stored. */
  readonly revision: number;
}

const REPRESENTATIVE = 10_000;
const LEAST_JUDGED = 100;

export function newBreaker(journeyId: string): Breaker {
  return { journeyId, marks: [nothingMailed, nothingMailed], revision: 0 };
}

/** The breaker after a report. `total`: what has become of all messages of the journey by now. The same when nothing changes. */
export function judgeReports(breaker: Breaker, total: Mailed, now: Time): Breaker {
  const [from, next] = breaker.marks;
  const latest = since(from, total);
  const [worst] = latest.sent < LEAST_JUDGED ? [] : spikesOf(latest, "pause");
  if (worst && !breaker.held) return changed(breaker, { held: { ...worst, at: now } });
  return total.sent - next.sent >= REPRESENTATIVE ? changed(breaker, { marks: [next, total] }) : breaker;
}

/** It may go on: what was reported until now is forgiven. The same when nothing is held. */
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
