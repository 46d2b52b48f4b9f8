/** The bucket for failures, as `redrive` uses it, and the function that handles the records again. */
import type { StreamRecord } from "./failed-batch.ts";

export interface FailureBucket {
  /** The keys of the objects that Lambda has put there, the oldest first. */
  keys(): Promise<readonly string[]>;
  /** `undefined` when another process has deleted the object meanwhile. */
  read(key: string): Promise<string | undefined>;
  delete(key: string): Promise<void>;
  /** Gives records of the customers table to the function that follows it. */
  evaluate(records: readonly StreamRecord[]): Promise<FunctionAnswer>;
}

export interface FunctionAnswer {
  /** As the function wrote it; empty when it said nothing. */
  readonly text: string;
  /** Set when the function failed as a whole. */
  readonly error?: string | undefined;
}
