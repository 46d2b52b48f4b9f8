/** Crashes of callers: just before or just after one call of a port. The earlier effects of the caller stay. */
import { ThrottledError } from "../../lambdas/app/errors.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../../lambdas/domain/time/time.ts";
import { type Rank, VirtualClock } from "../../simulator/virtual-clock.ts";
import { type Call, hasEffect, watched } from "./calls.ts";

export class CrashError extends Error {
  override name = "CrashError";
}

/** Crashes once: just before the nth call of any port, or just after the nth call that changes something. */
export class Crash {
  readonly side: "before" | "after";
  /** The call of the crash, such as `store.commit`; absent when there were fewer calls. */
  at: Call | undefined;
  /** Every earlier call at which it could have crashed, in order. */
  readonly calls: Call[] = [];
  /** Observes the world at the moment of the crash. */
  onDeath = () => {};
  private left: number;

  constructor(nth: number, side: "before" | "after") {
    this.left = nth;
    this.side = side;
  }

  around(call: Call, make: () => unknown): unknown {
    if (this.side === "after" && !hasEffect(call)) return make();
    this.left--;
    this.calls.push(call);
    if (this.left !== 0) return make();
    this.at = call;
    const died = new CrashError(`${this.side} ${call}`);
    const die = () => {
      this.onDeath();
      throw died;
    };
    if (this.side === "before") return die();
    const made = make();
    return made instanceof Promise ? made.then(die) : die();
  }
}

/** The same ports with the crash. */
export function crashing(ports: Ports, crash: Crash): Ports {
  return watched(ports, (call, make) => crash.around(call, make));
}

/** A clock that repeats a task two seconds later, after a crash and after a throttle, as the state machine does. */
export class RetryingClock extends VirtualClock {
  override plan(at: Time, rank: Rank, run: () => Promise<void>): () => void {
    return super.plan(at, rank, async () => {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof CrashError || error instanceof ThrottledError)) throw error;
        this.plan(fromMilliseconds(toMilliseconds(this.now()) + 2000), rank, run);
      }
    });
  }
}
