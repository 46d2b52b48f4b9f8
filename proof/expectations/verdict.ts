/** The result of comparing an expectation with the simulation. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";

/** An expectation that was not met. */
export interface Failure {
  /** Such as `expect[0].path`. */
  readonly path: string;
  readonly expected: Json;
  readonly came: Json;
  readonly message: string;
  /** The timeline of the customer in the journey. Empty for totals. */
  readonly timeline: readonly TimelineLine[];
  /** The first line of the timeline that differs from the expectation. */
  readonly differsAt?: TimelineLine;
}

export interface Verdict {
  readonly failures: readonly Failure[];
  /** An expectation that cannot be judged, because it names something that does not exist. */
  readonly problems: readonly Problem[];
}
