/**
 * A model of the stack at a scale that no test reaches: what each scenario asks of each limit. It has the keys and shards
 * of the code itself, so that it changes with the code.
 */
import { COUNTER_SHARDS } from "../../lambdas/adapters/dynamodb/writes.ts";
import { parts } from "../../lambdas/domain/enrollment/part.ts";
import { assumed, everywhere, quotas, type Region } from "./quotas.ts";

/** What one enrollment of the reference workload takes; see `perEnrollment` in `scale.ts`. */
export interface PerEnrollment {
  readonly transitions: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Writes of the enrollment, each of which may move it in the index `active`. */
  readonly indexWrites: number;
  /** Transactions that count. Each counts in one item of the journey's shard if the journey is short. */
  readonly counts: number;
  readonly events: number;
  readonly emails: number;
}

export interface Demand {
  readonly limit: string;
  readonly needs: number;
  readonly has: number;
  /** Beyond the limit. */
  readonly then: string;
}

const SECONDS_A_DAY = 86_400;
/** A write in a transaction takes two units. */
export const TRANSACTION = 2;
/** A move in an index deletes an entry and puts another. */
const MOVE = 2;
/** Functions refresh their view of the journeys after this many seconds. */
const VIEW_SECONDS = 5;
/** Bytes of a strongly consistent read unit. */
const READ_BYTES = 4_096;

/** The share of the busiest of so many shards: ids are hashed into hundredths, which cannot always be divided evenly. */
export const busiest = (shards: number) => Math.ceil(100 / shards) / 100;

const delayed = "customers go on later; nothing is lost";

/** Enrollments at a constant rate, all in one journey: the worst case for hot keys. */
export function steady(perDay: number, days: number, each: PerEnrollment, region: Region): Demand[] {
  const rate = perDay / SECONDS_A_DAY;
  const of = quotas[region];
  return [
    {
      limit: "open executions",
      needs: perDay * days,
      has: of.openExecutions,
      then: "new customers wait until others leave",
    },
    { limit: "transitions a second", needs: rate * each.transitions, has: of.transitions.perSecond, then: delayed },
    {
      limit: "StartExecution a second",
      needs: rate,
      has: of.starts.perSecond,
      then: "events go back to the queue for two minutes",
    },
    {
      limit: "emails a second",
      needs: rate * each.emails,
      has: everywhere.mails,
      then: "emails take turns with mailRate",
    },
    {
      limit: "PutEvents a second",
      needs: rate * each.events,
      has: of.putEvents,
      then: "exit-evaluator repeats the record",
    },
    {
      limit: "write units of the customers table a second",
      needs: rate * each.writeUnits,
      has: everywhere.tableUnits,
      then: delayed,
    },
    ...hotKeys(rate, each),
  ];
}

/** The busiest items and partitions when so many enrollments a second go through one journey. */
export function hotKeys(rate: number, each: PerEnrollment): Demand[] {
  return [
    {
      limit: "write units of one counter item a second",
      needs: rate * each.counts * TRANSACTION * busiest(COUNTER_SHARDS),
      has: everywhere.partitionWrites,
      then: "a transaction conflicts and is repeated",
    },
    {
      limit: "write units of one partition of the index `active` a second",
      needs: rate * each.indexWrites * MOVE * busiest(parts.length),
      has: everywhere.partitionWrites,
      then: "DynamoDB throttles writes of the customers table",
    },
  ];
}

/** Events that come at once, each of which lets a customer enter. */
export function burst(
  events: number,
  seconds: number,
  each: PerEnrollment,
  region: Region,
  concurrency = 10,
): Demand[] {
  const { starts } = quotas[region];
  const matched = (concurrency * 10) / assumed.matcherBatchSeconds;
  const started = Math.min(matched, starts.perSecond);
  return [
    {
      limit: "StartExecution: seconds until all have started",
      needs: secondsOf(events, starts),
      has: seconds,
      then: "events go back to the queue for two minutes",
    },
    {
      limit: "trigger-matcher: seconds until all are handled",
      needs: events / matched,
      has: seconds,
      then: "events wait in the queue",
    },
    ...hotKeys(started, each),
  ];
}

/** Profiles that are stored and do nothing. */
export function stored(profiles: number, region: Region): Demand[] {
  const units = (profiles * assumed.profileBytes) / READ_BYTES / 2;
  return [
    {
      limit: "hours of one scan of all profiles, with a tenth of the table's read units",
      needs: units / (everywhere.tableUnits / 10) / 3600,
      has: 24,
      then: "an audience run takes longer",
    },
    { limit: "open executions", needs: 0, has: quotas[region].openExecutions, then: "" },
  ];
}

/** Journeys that are live. Every process reads all pointers again after five seconds. */
export function journeysLive(journeys: number, processes: number): Demand[] {
  const units = Math.ceil((journeys * assumed.pointerBytes) / READ_BYTES);
  const queries = journeys * parts.length;
  return [
    {
      limit: "read units of the partition of live journeys a second",
      needs: (units * processes) / VIEW_SECONDS,
      has: everywhere.partitionReads,
      then: "reads of the journeys are throttled; functions repeat the event or record",
    },
    {
      limit: "seconds of the reconciler to look at all journeys",
      needs: (queries * assumed.querySeconds) / 32,
      has: 240,
      then: "the next run continues; overdue customers wait longer",
    },
  ];
}

export function secondsOf(
  calls: number,
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
): number {
  return Math.max(0, calls - burst) / perSecond;
}
