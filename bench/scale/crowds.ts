/** The part of the model about customers who move at the same time: by a wait that ends, by a stop, by an edit. */
import { COUNTER_SHARDS } from "../../lambdas/adapters/dynamodb/writes.ts";
import { busiest, type Demand, secondsOf, TRANSACTION } from "./model.ts";
import { assumed, everywhere, quotas, type Region } from "./quotas.ts";

/** Transitions from the end of one wait to the next wait: Wait, Advance, Route. */
const PER_WAKE = 3;
/** A recheck reads the enrollment, and the events of one rule. */
const RECHECK_READS = 2;
/** All turns of emails are taken at one item, so that each email gets its exact time. */
export const SEND_RATE_ITEMS = 1;

/** Emails that wait for their turns: one write each. */
export function turns(emailsPerSecond: number): Demand[] {
  return [
    {
      limit: "write units of the send-rate item a second",
      needs: emailsPerSecond / SEND_RATE_ITEMS,
      has: everywhere.partitionWrites,
      then: "advance is throttled, and each retry is billed",
    },
  ];
}

export interface Wake extends Demand {
  readonly seconds: number;
}

/** Customers whose waits end in the same second. */
export function wake(customers: number, region: Region, concurrency: number): Demand[] {
  const { transitions } = quotas[region];
  const inflow = transitions.perSecond / PER_WAKE;
  const capacity = concurrency / assumed.advanceSeconds;
  return [
    {
      limit: "seconds until the last one has woken, by transitions",
      needs: secondsOf(customers * PER_WAKE, transitions),
      has: 300,
      then: "AWS delays transitions; it bills none twice",
    },
    {
      limit: "concurrent calls of advance",
      needs: inflow * assumed.advanceSeconds,
      has: concurrency,
      then: `${Math.round(100 * Math.max(0, 1 - capacity / inflow))} % of the calls are throttled, and each retry is billed`,
    },
    ...turns(inflow),
  ];
}

/** A recheck of so many customers inside, after an edit of the rules. */
export function recheck(customers: number, tasks = 2, atOnce = 10): Demand[] {
  const rate = (tasks * atOnce) / (RECHECK_READS * assumed.readSeconds);
  return [
    {
      limit: "minutes until all are rechecked",
      needs: customers / rate / 60,
      has: 15,
      then: "customers who met a new rule while it went live exit later",
    },
    {
      limit: "read units of the customers table a second",
      needs: rate * RECHECK_READS,
      has: everywhere.tableUnits,
      then: "the task goes on five seconds later",
    },
  ];
}

/** A stop with so many customers inside. */
export function stop(customers: number, region: Region, tasks = 2, atOnce = 10): Demand[] {
  const rate = (tasks * atOnce) / assumed.exitSeconds;
  return [
    {
      limit: "minutes until all have exited",
      needs: customers / rate / 60,
      has: 15,
      then: "journeys stop ends its wait; the stop goes on",
    },
    {
      limit: "minutes until all executions are stopped",
      needs: secondsOf(customers, quotas[region].stops) / 60,
      has: 24 * 60,
      then: "open executions count for the quota until then",
    },
    {
      limit: "write units of one counter item a second",
      needs: rate * TRANSACTION * busiest(COUNTER_SHARDS),
      has: everywhere.partitionWrites,
      then: "a transaction conflicts and is repeated",
    },
    {
      limit: "PutEvents a second",
      needs: rate,
      has: quotas[region].putEvents,
      then: "journey.exited comes late, and so do exits of other journeys",
    },
  ];
}
