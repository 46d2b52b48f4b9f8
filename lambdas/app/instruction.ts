/** What an enrollment tells its execution; all that the two say to each other. */

/** What the execution does next. */
export type Instruction =
  | { readonly next: "wait"; readonly until: string }
  | { readonly next: "awaitSignal"; readonly until: string; readonly visit: number }
  | { readonly next: "continue" }
  | { readonly next: "done" };
