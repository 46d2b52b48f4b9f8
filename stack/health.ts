/** What `doctor` reads from the services around the tables. Each read may fail by itself: see `observe.ts`. */

import type { Observed } from "../insight/health/observed.ts";
import type { Time } from "../lambdas/domain/time/time.ts";

export interface Health {
  depth(queue: Queue): Promise<Depth>;
  /** Batches of stream records that failed after all retries. */
  failures(): Promise<NonNullable<Observed["failures"]>>;
  /** All alarms whose name begins with this prefix. */
  alarms(prefix: string): Promise<readonly Alarm[]>;
  /** The values of a metric by the minute, in any order. */
  values(metric: Metric, statistic: Statistic, from: Date, until: Date): Promise<readonly MetricValue[]>;
  /**
   * `count`: how many of a journey's customers had a step that was due before a moment, without parked customers while
   * the journey is held; `oldest`: when the oldest of these steps was due.
   */
  overdue(
    journeyId: string,
    before: Time,
    isHeld: boolean,
  ): Promise<{ readonly count: number; readonly more: boolean; readonly oldest?: Time | undefined }>;
  /** How many customers of a held journey are parked: they would take a step, but stay where they are. */
  parked(journeyId: string): Promise<{ readonly count: number; readonly more: boolean }>;
  /** A page of the executions that run, and where the next page begins. */
  executions(page?: string): Promise<{ readonly count: number; readonly next?: string | undefined }>;
  mail(): Promise<NonNullable<Observed["mail"]>>;
}

/** Queues by the outputs that name them. */
export type Queue = `${QueueOutput}QueueUrl` | `${QueueOutput}DeadLetterQueueUrl`;
export type QueueOutput = "Events" | "Statuses" | "StatusTasks";

export interface Depth {
  readonly waiting: number;
  readonly inWork: number;
}

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions?:
    | readonly { readonly Name: string | undefined; readonly Value: string | undefined }[]
    | undefined;
}

export interface Alarm {
  readonly name: string;
  readonly state: string;
  readonly text: string;
  readonly metric: Metric;
}

export type Statistic = "Maximum" | "Sum";

export interface MetricValue {
  readonly at: string;
  readonly value: number;
}
