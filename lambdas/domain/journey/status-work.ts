/**
 * The work that a saved journey causes for the customers inside. A journey may have very many customers inside, so the
 * work is divided into parts.
 */
import type { Time } from "../time/time.ts";

/**
 * What happens to the customers inside after a save: they exit, parked customers go on, or the rules that the edit has
 * added or changed are applied to the customers' activities of the last seconds.
 */
export type StatusWork = "stop" | "release" | "recheck";

/** The work whose progress is stored. */
export type CountedWork = Exclude<StatusWork, "recheck">;

/** The place of a customer in the index of the customers inside. */
export interface InsidePlace {
  readonly customerId: string;
  readonly enrollmentId: string;
  readonly dueAt: Time;
}

/**
 * After how many seconds the work begins. Functions may use a view of the journey that is five seconds old, and would park
 * a released customer again. A recheck is queued before its rules go live: the call that saves lasts 60 seconds at most,
 * and so does a call with the old view.
 */
export const FIRST_SECONDS: Readonly<Record<StatusWork, number>> = { stop: 0, release: 6, recheck: 130 };

/** A part of this work. */
export interface StatusTask {
  readonly journeyId: string;
  readonly work: StatusWork;
  /** When the work began. A later save begins the work again. */
  readonly since: Time;
  /** A part of the customers inside, by its number in `Store.inside`; absent: all customers inside. */
  readonly part?: number | undefined;
  /** In a recheck: the ids of the exit rules and goals that the edit has added or changed. */
  readonly rules?: readonly string[] | undefined;
  /** In a recheck: the place after which the work goes on. */
  readonly after?: InsidePlace | undefined;
}

/** The progress of one part of this work. */
export interface StatusProgressItem extends Pick<StatusTask, "since"> {
  readonly work: CountedWork;
  /** How many customers have exited or gone on. */
  readonly done: number;
  readonly complete: boolean;
}
