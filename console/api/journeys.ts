/** The data that the pages about journeys show. */
import type { Difference } from "../../insight/diff/differences.ts";
import type { Funnel, GoalCounts } from "../../insight/funnel/funnel.ts";
import type { GoalDay } from "../../insight/funnel/goals-by-day.ts";
import type { Publication } from "../../lambdas/app/publication.ts";
import type { Hold } from "../../lambdas/domain/counters/breaker.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { RunState } from "../../lambdas/domain/schedule/run-record.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import type { Listed } from "../../stack/journeys/listed.ts";

export interface JourneyRow extends Listed {
  readonly completed: number;
  readonly exited: number;
  readonly failed: number;
  readonly goals: readonly GoalCounts[];
}

export interface JourneyAnswer {
  readonly now: Time;
  /** The saved document, as it is stored; absent when it was deleted. */
  readonly document?: Readonly<Record<string, unknown>>;
  /** The outcome of the last save; absent until the stack has answered. */
  readonly publication?: Publication;
  /** Absent when no version was ever live and no draft was accepted. */
  readonly live?: { readonly version: number; readonly journey: Journey };
  /** Of the live version. */
  readonly funnel?: Funnel;
  readonly held?: Hold;
}

export interface GoalDaysAnswer {
  readonly days: readonly GoalDay[];
  /** How many items of the customers table were read; 0 on the embedded engine, which has none. */
  readonly items: number;
  /** Whether the table has more items than were read: then the numbers cover only a part of the customers. */
  readonly more: boolean;
}

export interface SavesAnswer {
  /** `pending`: the stack has not reported the outcome of the last save. */
  readonly document: "saved" | "pending" | "deleted";
  readonly last?: Publication;
  /** When the live version or its status was last published. */
  readonly publishedAt?: Time;
  readonly stoppedAt?: Time;
  /** The newest first. */
  readonly versions: readonly VersionSave[];
  /** Whether there are older versions than were read. */
  readonly more: boolean;
}

export interface VersionSave {
  readonly version: number;
  /** What changed since the version before; absent for the first version. */
  readonly changes?: readonly Difference[];
}

/** An audience run in words. */
export interface RunRow {
  readonly runId: string;
  readonly startedAt: Time;
  readonly state: RunState;
  readonly text: string;
}

export interface RunsAnswer {
  /** The newest first. */
  readonly runs: readonly RunRow[];
  /** Whether there are older runs than were read. */
  readonly more: boolean;
}

export interface JourneyStatusAction {
  readonly id: string;
  readonly verb: "pause" | "hold" | "resume";
}

export interface VersionAnswer {
  /** The document of the version; absent when there is no such version. */
  readonly document?: Readonly<Record<string, unknown>>;
}

/** A customer who is inside a journey now. */
export interface Inside {
  readonly customerId: string;
  readonly enrollmentId: string;
  readonly componentId: string;
  readonly version: number;
  /** When the customer came to the component. */
  readonly since: Time;
  /** When the wait ends, if the customer waits for a time. */
  readonly until?: Time;
}

export interface InsideAnswer {
  readonly customers: readonly Inside[];
  /** Whether there are more customers than were read. */
  readonly more: boolean;
}
