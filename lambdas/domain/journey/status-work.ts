/** The work that a save of a journey means for the customers inside. There may be very many, so it has parts. */
import type { Time } from "../time/time.ts";

/**
 * What a save of a journey means for the customers inside: they exit, the parked ones go on, or the rules that an edit has
 * added or changed are applied to what the customers did in the last seconds.
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
  /** When the work began. A later save begins it again. */
  readonly since: Time;
  /** A part of the customers inside, as `Store.inside` knows it; absent: all of them. */
  readonly part?: number | undefined;
  /** Of a recheck: the ids of the exit rules and goals that the edit has added or changed. */
  readonly rules?: readonly string[] | undefined;
  /** Of a recheck: it goes on after this place. */
  readonly after?: InsidePlace | undefined;
}

/** What one part of this work has done. */
export interface StatusProgressItem extends Pick<StatusTask, "since"> {
  readonly work: CountedWork;
  /** How many customers have exited or gone on. */
  readonly done: number;
  readonly complete: boolean;
}
