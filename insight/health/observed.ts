/** The data that the health checks need about a stack. */
import type { Hold } from "../../lambdas/domain/counters/breaker.ts";
import type { Spike } from "../../lambdas/domain/counters/reputation.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";

export type QueueName = "events" | "statuses" | "status tasks";

export interface Observed {
  readonly queues: readonly {
    readonly name: QueueName;
    readonly waiting: number;
    readonly inWork: number;
    readonly deadLetters: number;
  }[];
  /** Batches of stream records that failed after all retries. `more`: there are more batches than were counted. */
  readonly failures: Known<{ readonly count: number; readonly more: boolean }>;
  readonly alarms: Known<readonly { readonly name: string; readonly state: string; readonly text: string }[]>;
  /** The delay of the slowest stream consumer, in milliseconds. */
  readonly iteratorAge: Known<number>;
  readonly reconcilerRan: Known<string>;
  readonly overdue: readonly {
    readonly journeyId: string;
    readonly count: number;
    readonly more: boolean;
    /** When the oldest overdue step was due. */
    readonly oldest?: Time | undefined;
  }[];
  /** The customers of held journeys who stay at their component until the journey is resumed. */
  readonly parked: readonly { readonly journeyId: string; readonly count: number; readonly more: boolean }[];
  readonly rejected: readonly {
    readonly journeyId: string;
    readonly problems: readonly { readonly message: string }[];
  }[];
  /** Segments without a document, with the journeys and segments that name them, such as `journey j`. */
  readonly lostSegments: readonly { readonly segmentId: string; readonly namedBy: readonly string[] }[];
  /** Enrollments that failed, by journey and reason. */
  readonly failed: readonly { readonly journeyId: string; readonly reasons: Readonly<Record<string, number>> }[];
  /** Complaints and bounces of journeys that are not stopped. */
  readonly spikes: readonly (Spike & { readonly journeyId: string })[];
  /** Journeys that are not stopped and whose circuit breaker is open. */
  readonly held: readonly (Hold & { readonly journeyId: string })[];
  /** The values of reserved attributes that could not be used since the stack began, by attribute and reason. */
  readonly unusable: readonly { readonly attribute: string; readonly reason: string; readonly count: number }[];
  readonly inside: number;
  /** The number of journeys that are or were live. Each function reads all of them every few seconds. */
  readonly live: number;
  readonly executions: Known<Executions>;
  readonly mail: Known<{
    readonly sandbox: boolean;
    readonly enabled: boolean;
    readonly enforcement?: string | undefined;
    readonly sentLastDay: number;
    readonly quota: number;
  }>;
}

export interface Executions {
  /** Whether the count is for the whole account and region, or for this stack only. */
  readonly of: "account" | "stack";
  readonly open: number;
  /** Whether there are more than were counted. */
  readonly more: boolean;
  readonly quota?: number | undefined;
}

/** `undefined`: the value could not be read, because the service or the permission is missing. */
export type Known<T> = T | undefined;
