/**
 * An audience run considers many customers for entry into one journey, each of them at most once. A schedule, a date or
 * a person starts it.
 */
import type { Condition } from "../conditions/condition.ts";
import type { NotEntered, RunReason } from "../reasons/reason.ts";
import type { Time } from "../time/time.ts";

export interface RunRef {
  readonly journeyId: string;
  readonly runId: string;
}

export interface AudienceRun extends RunRef {
  /** The time of the trigger of the enrollments that the run makes. */
  readonly startedAt: Time;
  /** For a run of a schedule or date: the local time of the occurrence. */
  readonly local?: number;
  /** Which customers the run considers. The journey's own trigger then decides about each of them. */
  readonly aim: Aim;
}

export type Aim =
  | { readonly kind: "all" }
  | { readonly kind: "audience"; readonly where: Condition }
  | { readonly kind: "customers"; readonly customerIds: readonly string[] }
  /**
   * The customers who have an event of this name within this time. The newest such event is the customer's trigger
   * event.
   */
  | { readonly kind: "event"; readonly name: string; readonly within: string };

export type Refusal = NotEntered | RunReason;

export type Considered =
  | { readonly kind: "entered" }
  | { readonly kind: "refused"; readonly reason: Refusal }
  /** The run is not about this customer. */
  | { readonly kind: "outside" };

export interface RunResult {
  readonly considered: number;
  readonly entered: number;
  readonly refused: Readonly<Partial<Record<Refusal, number>>>;
}

export const nobodyConsidered: RunResult = { considered: 0, entered: 0, refused: {} };

export function sumOf(a: RunResult, b: RunResult): RunResult {
  const refused: Partial<Record<Refusal, number>> = { ...a.refused };
  for (const [reason, count] of Object.entries(b.refused) as [Refusal, number][])
    refused[reason] = (refused[reason] ?? 0) + count;
  return { considered: a.considered + b.considered, entered: a.entered + b.entered, refused };
}

export function withConsidered(result: RunResult, considered: Considered): RunResult {
  if (considered.kind === "outside") return result;
  const count = { ...result, considered: result.considered + 1 };
  if (considered.kind === "entered") return { ...count, entered: result.entered + 1 };
  const { reason } = considered;
  return { ...count, refused: { ...result.refused, [reason]: (result.refused[reason] ?? 0) + 1 } };
}

/** The id of the trigger event of the enrollments that a run makes. */
export const runEventId = (runId: string) => `${RUN_EVENT}${runId}`;

/** The run behind an entry attempt without an event; `undefined` when a change of the customer is behind it. */
export const runBehind = (eventId: string) =>
  eventId.startsWith(RUN_EVENT) ? eventId.slice(RUN_EVENT.length) : undefined;

const RUN_EVENT = "run:";
