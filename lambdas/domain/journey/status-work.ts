/** The work that a new status of a journey means. A journey may have very many customers inside, so it has parts. */
import type { Time } from "../time/time.ts";

/** What a new status of a journey means for the customers inside: they exit, or the parked ones go on. */
export type StatusWork = "stop" | "release";

/** A part of this work. */
export interface StatusTask {
  readonly journeyId: string;
  readonly work: StatusWork;
  /** When the work began. A later save begins it again. */
  readonly since: Time;
  /** A part of the customers inside, as `Store.inside` knows it; absent: all of them. */
  readonly part?: number | undefined;
}

/** What one part of this work has done. */
export interface StatusProgressItem extends Pick<StatusTask, "work" | "since"> {
  /** How many customers have exited or gone on. */
  readonly done: number;
  readonly complete: boolean;
}
