/**
 * What a stack stores about an audience run: the run, the progress of each of its parts, and each customer who was put
 * on the queue. A part is a range of the customers table, or a piece of the list that a person gave.
 */
import type { Time } from "../time/time.ts";
import {
  type AudienceRun,
  type Considered,
  nobodyConsidered,
  type Refusal,
  type RunRef,
  type RunResult,
  sumOf,
} from "./audience-run.ts";

export type RunState =
  /** A person has asked for the run. The run has not begun. */
  | "asked"
  | "under-way"
  | "ended"
  /** The run did not begin, because another run of the journey was under way, or the journey was not live. */
  | "skipped";

export interface RunRecord extends AudienceRun {
  readonly state: RunState;
  /** The version that was live when the run began. All its customers enter this version. */
  readonly version: number;
  readonly parts: number;
  /** The execution that works on the run. */
  readonly execution?: string;
  readonly cancelledAt?: Time;
  readonly endedAt?: Time;
  /** Of a run that has ended. */
  readonly result?: RunResult;
  /** The number of customers on the queue who were still undecided when the run ended. */
  readonly undecided?: number;
  /** The other run that was under way. */
  readonly skippedFor?: string;
}

/**
 * The progress of one part. One write stores the decisions about a page of customers: how many were refused, the other
 * customers as `queued`, and the place where the next page begins. Only then are these customers put on the queue, and
 * a repetition puts them there again. So no customer is missed, and none is counted twice.
 */
export interface RunPart extends RunRef {
  readonly part: number;
  /** The place after the last decided page; absent before the first page. */
  readonly after?: string;
  readonly isComplete: boolean;
  /** The customers of the last page who were put on the queue. */
  readonly queued: readonly string[];
  /** How many customers of all pages were put on the queue. */
  readonly sum: number;
  /** The customers who were refused before they were put on the queue. */
  readonly result: RunResult;
  readonly revision: number;
}

/** The decision about a customer who was put on the queue. */
export interface RunEntry extends RunRef {
  readonly customerId: string;
  readonly outcome: "entered" | "outside" | Refusal;
  /** The enrollment of a customer who entered. */
  readonly enrollmentId?: string;
  readonly time: Time;
}

export function newPart(ref: RunRef, part: number): RunPart {
  const { journeyId, runId } = ref;
  return { journeyId, runId, part, isComplete: false, queued: [], sum: 0, result: nobodyConsidered, revision: 0 };
}

/** Names the run of an occurrence: a repeated start of the same occurrence is the same run. */
export function runIdOf(journeyId: string, startedAt: Time): string {
  return `${journeyId}-${startedAt.replaceAll(/[-:.]/g, "")}`;
}

export function outcomeOf(considered: Considered): RunEntry["outcome"] {
  return considered.kind === "refused" ? considered.reason : considered.kind;
}

/** How many customers of the queue were decided about, by outcome. */
export type RunCounts = Readonly<Partial<Record<RunEntry["outcome"], number>>>;

export interface RunProgress {
  readonly result: RunResult;
  /** The number of customers on the queue. */
  readonly waiting: number;
  /** The number of parts whose customers have all been read. */
  readonly partsDone: number;
}

export function progressOf(parts: readonly RunPart[], counts: RunCounts): RunProgress {
  const { entered = 0, outside = 0, ...refused } = counts;
  const refusals = Object.values(refused).reduce((sum: number, count) => sum + (count ?? 0), 0);
  const ofQueue: RunResult = { considered: entered + refusals, entered, refused };
  const queued = parts.reduce((sum, part) => sum + part.sum, 0);
  return {
    result: parts.map(({ result }) => result).reduce(sumOf, ofQueue),
    // The decision about an erased customer is erased too, so a repeated delivery counts this customer a second time.
    waiting: Math.max(0, queued - entered - outside - refusals),
    partsDone: parts.filter(({ isComplete }) => isComplete).length,
  };
}
