/** What audience runs need: their stored progress, the customers, and the queue of the customers who may enter. */
import type { Customer } from "../domain/customer/customer.ts";
import type { RunRef } from "../domain/schedule/audience-run.ts";
import type { Turns } from "../domain/schedule/run-rate.ts";
import type { RunCounts, RunPart, RunProgress, RunRecord } from "../domain/schedule/run-record.ts";
import type { Time } from "../domain/time/time.ts";

/** The stored audience runs. */
export interface Runs {
  get(ref: RunRef): Promise<RunRecord | undefined>;
  /**
   * Stores that this run of its journey is under way. A repetition with the same run id and execution stores it again.
   * If another run is under way, nothing is stored, and the answer is that run.
   *
   * @throws ConflictError when another run begins at the same time, or when this one is over.
   */
  begin(run: RunRecord): Promise<RunRecord | undefined>;
  /** Stores a run that does not begin, or that a person asks for. A run that is stored already is not changed. */
  note(run: RunRecord): Promise<void>;
  /**
   * Notes that a person cancels the run. The run does not end at once. If the run is not stored, nothing is written.
   */
  cancel(ref: RunRef, at: Time): Promise<void>;
  /** The run is over. Another run of the journey can begin. */
  end(ref: RunRef, at: Time, progress: RunProgress): Promise<void>;
  /** The runs of a journey, the oldest first. */
  ofJourney(journeyId: string): Promise<readonly RunRecord[]>;
  /** The runs under way. */
  underWay(): Promise<readonly RunRef[]>;
  /** The runs that a person has asked for since then, and that have not begun. */
  asked(since: Time): Promise<readonly RunRecord[]>;
  part(ref: RunRef, part: number): Promise<RunPart | undefined>;
  /** @throws ConflictError when the stored part does not have the revision before. */
  putPart(part: RunPart): Promise<void>;
  /** The counts of the customers of the queue. */
  counts(ref: RunRef): Promise<RunCounts>;
  /** The customers of one part of the list that a person gave. */
  list(ref: RunRef, part: number): Promise<readonly string[]>;
  /** The turns that the run has taken, if the journey limits how fast it lets customers in. */
  turns(ref: RunRef): Promise<Turns | undefined>;
  /** @throws ConflictError when the stored turns do not have the revision before. */
  putTurns(ref: RunRef, turns: Turns): Promise<void>;
}

/** A page of customers, which may be empty. */
export interface ProfilePage {
  readonly customers: readonly Customer[];
  /** For each customer of the page, the place after that customer. */
  readonly places: readonly string[];
  /** The place after the page; absent after the last page. */
  readonly next?: string;
}

/** The customers with a profile. */
export interface Profiles {
  /** One page of a part. Several functions read the parts at the same time. */
  page(part: number, parts: number, after: string | undefined): Promise<ProfilePage>;
}

/** The queue of the customers who may enter by an audience run. */
export interface Entries {
  add(ref: RunRef, customerIds: readonly string[]): Promise<void>;
}
