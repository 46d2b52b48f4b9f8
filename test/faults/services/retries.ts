/**
 * The retries of one visit to a state of `statemachines/journey.asl.json`, as its definition says: each retrier has its
 * own attempts, and only another visit to the state begins anew. Jitter is left out, so the pauses are the longest.
 */
import { readFileSync } from "node:fs";

interface Matcher {
  readonly ErrorEquals: readonly string[];
}

interface Retrier extends Matcher {
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly MaxAttempts: number;
}

type StateName = "Advance" | "AwaitSignal" | "MarkFailed";
type Task = {
  readonly Retry: readonly Retrier[];
  readonly Catch?: readonly (Matcher & { readonly Next: StateName })[];
};

const { States }: { States: Record<StateName, Task> } = JSON.parse(
  readFileSync("statemachines/journey.asl.json", "utf8"),
);

/** Try again after a pause, go to another state, or end the execution. */
export type AfterError = { readonly pause: number } | { readonly next: StateName } | "ends";

export class Retries {
  private readonly state: Task;
  private readonly attempts = new Map<Retrier, number>();

  constructor(name: StateName) {
    this.state = States[name];
  }

  after(error: string): AfterError {
    const retrier = this.state.Retry.find((each) => matches(each, error));
    const tries = (retrier && this.attempts.get(retrier)) ?? 0;
    if (retrier && tries < retrier.MaxAttempts) {
      this.attempts.set(retrier, tries + 1);
      const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY } = retrier;
      return { pause: Math.min(IntervalSeconds * BackoffRate ** tries, MaxDelaySeconds) };
    }
    const caught = this.state.Catch?.find((each) => matches(each, error));
    return caught ? { next: caught.Next } : "ends";
  }
}

function matches({ ErrorEquals }: Matcher, error: string): boolean {
  return ErrorEquals.includes(error) || ErrorEquals.includes("States.ALL");
}
