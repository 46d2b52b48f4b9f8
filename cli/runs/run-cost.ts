/**
 * What an audience run costs and how long it takes, before it starts. The figures are calculated from prices and
 * quotas; `npm run bench -- audience` counts the requests of a run.
 */
import type { Rate } from "../../lambdas/domain/journey/trigger.ts";
import { durationMilliseconds } from "../../lambdas/domain/time/time.ts";

/**
 * Dollars for reading 1,000,000 customers of 20 KB each (with their events and enrollments) by an eventually consistent
 * scan: 2.5 million read units at $0.125 per million; and the function's time.
 */
const READ_PER_MILLION = 0.36;
/** Dollars for one customer on the queue: the messages, the read of the run, the writes of the decision. */
const PER_ENTRY = 0.000_006;
/** The queue of runs lets in about this many customers a second. */
const ENTRIES_PER_SECOND = 100;
/** Eight parts of the table are read at the same time. */
const READS_PER_SECOND = 8_000;

export interface RunCost {
  /** The cost of the run, without the cost of the journey for the customers who enter. */
  readonly dollars: number;
  readonly seconds: number;
}

export function runCost(read: number, entering: number, rate: Rate | undefined): RunCost {
  const paced = rate ? Math.max(0, Math.ceil(entering / rate.max) - 1) * (durationMilliseconds(rate.per) / 1000) : 0;
  const queued = entering / ENTRIES_PER_SECOND;
  return {
    dollars: (read / 1_000_000) * READ_PER_MILLION + entering * PER_ENTRY,
    seconds: Math.ceil(read / READS_PER_SECOND + Math.max(paced, queued)),
  };
}
