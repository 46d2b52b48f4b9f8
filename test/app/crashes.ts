/** Callers that die: at one call of a port, just before it or just after it. What they did until then stays. */
import type { Ports } from "../../lambdas/app/ports.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../../lambdas/domain/time/time.ts";
import { type Rank, VirtualClock } from "../../simulator/virtual-clock.ts";
import { type Call, hasEffect, watched } from "./calls.ts";

export class CrashError extends Error {
  override name = "CrashError";
}

/** Dies once: just before the nth call of any port, or just after the nth that leaves something behind. */
export class Crash {
  readonly side: "before" | "after";
  /** The call at which it died, such as `store.commit`; nothing when there were not that many. */
  at: Call | undefined;
  /** Every call at which it could have died until then, in order. */
  readonly calls: Call[] = [];
  /** Looks around at the moment of the crash. */
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

/** The same ports, but for the crash. */
export function crashing(ports: Ports, crash: Crash): Ports {
  return watched(ports, (call, make) => crash.around(call, make));
}

/** A clock under which whatever crashes is tried again two seconds later. */
export class RetryingClock extends VirtualClock {
  override plan(at: Time, rank: Rank, run: () => Promise<void>): () => void {
    return super.plan(at, rank, async () => {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof CrashError)) throw error;
        this.plan(fromMilliseconds(toMilliseconds(this.now()) + 2000), rank, run);
      }
    });
  }
}
