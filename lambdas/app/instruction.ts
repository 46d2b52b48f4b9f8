/** What the execution of an enrollment does next. The state machine knows these instructions and nothing else. */

export type Instruction =
  | { readonly next: "wait"; readonly until: string }
  | { readonly next: "awaitSignal"; readonly until: string; readonly visit: number }
  | { readonly next: "continue" }
  /** `handOver`: the enrollment goes on in a new execution. */
  | { readonly next: "done"; readonly handOver?: true };
