/** What `doctor` has looked at. */
import type { Hold } from "../../lambdas/domain/breaker.ts";
import type { Spike } from "../../lambdas/domain/reputation.ts";

export interface Observed {
  readonly queues: readonly {
    readonly name: string;
    readonly waiting: number;
    readonly inWork: number;
    readonly deadLetters: number;
  }[];
  /** Records of streams that were given up on. `more`: there are more than were counted. */
  readonly failures: Known<{ readonly count: number; readonly more: boolean }>;
  readonly alarms: Known<readonly { readonly name: string; readonly state: string; readonly text: string }[]>;
  /** In milliseconds, of the function that is behind most. */
  readonly iteratorAge: Known<number>;
  readonly reconcilerRan: Known<string>;
  readonly overdue: readonly { readonly journeyId: string; readonly count: number; readonly more: boolean }[];
  readonly rejected: readonly {
    readonly journeyId: string;
    readonly problems: readonly { readonly message: string }[];
  }[];
  /** Enrollments that failed, by journey and reason. */
  readonly failed: readonly { readonly journeyId: string; readonly reasons: Readonly<Record<string, number>> }[];
  /** Complaints and bounces of journeys that still send. */
  readonly spikes: readonly (Spike & { readonly journeyId: string })[];
  /** Journeys whose marketing is held, of those that still send. */
  readonly held: readonly (Hold & { readonly journeyId: string })[];
  readonly inside: number;
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
  /** Those of the whole account and region, or of this stack only. */
  readonly of: "account" | "stack";
  readonly open: number;
  /** Whether there are more, which were not counted. */
  readonly more: boolean;
  readonly quota?: number | undefined;
}

/** `undefined`: nobody could say, because the service or the permission is not there. */
export type Known<T> = T | undefined;
