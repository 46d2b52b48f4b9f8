/** The lines of an archive, and the problems of lines that cannot be read. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";

export interface Line {
  /** The number of the line in the file. The header is line 1. */
  readonly number: number;
  readonly text: string;
}

export interface LineProblem {
  /** The number of the line. */
  readonly line: number;
  readonly problem: Problem;
}
