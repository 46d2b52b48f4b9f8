/** The bucket for failures, as `redrive` uses it, and the function that handles the records again. */

export interface FailureBucket {
  /** The keys of the objects that Lambda has put there, the oldest first. */
  keys(): Promise<readonly string[]>;
  /** `undefined` when another process has deleted the object. */
  read(key: string): Promise<string | undefined>;
  delete(key: string): Promise<void>;
  /** Passes records of the customers table to the function that consumes its stream. */
  evaluate(records: readonly StreamRecord[]): Promise<FunctionAnswer>;
}

/** The object as Lambda wrote it, which has more members than are declared here. */
export interface StreamRecord {
  readonly eventSourceARN: string;
  readonly dynamodb: { readonly SequenceNumber: string };
}

export interface FunctionAnswer {
  /** The text of the answer; empty when the function returned none. */
  readonly text: string;
  /** The error of the function when it failed as a whole. */
  readonly error?: string | undefined;
}
