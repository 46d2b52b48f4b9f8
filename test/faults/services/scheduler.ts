/**
 * Runs callers concurrently, as functions run on AWS. Each call of a port yields, and a random number chooses the next
 * caller. Time passes only when every caller waits. A schedule with too many steps ends as a runaway, so nothing hangs.
 */
import type { Clock } from "../../../lambdas/app/ports.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import type { Lots } from "../../fuzz/lots.ts";

/** How a caller ended: it returned, it died, or it threw. */
export type Ending = "done" | "died" | { readonly threw: Error };

/** One caller. It may die at each of its turns, and its clock may be wrong. */
export interface Caller extends Clock {
  /** Yields to the other callers, for some seconds if given. */
  turn(seconds?: number): Promise<void>;
  /** Ends the caller: the returned promise never settles. */
  die(): Promise<never>;
}

interface Parked {
  readonly caller: object;
  readonly go: () => void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  ring: (() => void) | undefined;
}

export class Scheduler implements Clock {
  steps = 0;
  private milliseconds: number;
  /** The time as a text, made when a caller asks for it. */
  private text: Time | undefined;
  private readonly parked: Parked[] = [];
  /** The callers that died. All workers of a dead caller are dead too. */
  private readonly dead = new WeakSet<object>();
  /** The callers that returned or threw. Calls that they did not wait for may still be under way. */
  private readonly ended = new WeakSet<object>();
  /** How many workers of a caller wait for their turn. */
  private readonly waiting = new WeakMap<object, number>();
  private readonly timers: Timer[] = [];
  private ordered = 0;
  private last: object | undefined;
  private idle = () => {};
  private readonly most: number;
  private readonly lots: Lots | undefined;

  /** Without `lots`, each caller finishes before the next begins. `most` is the largest number of steps. */
  constructor(start: Time, most: number, lots?: Lots) {
    this.milliseconds = toMilliseconds(start);
    this.text = start;
    this.most = most;
    this.lots = lots;
  }

  now(): Time {
    this.text ??= fromMilliseconds(this.milliseconds);
    return this.text;
  }

  /** Counts a step. @throws RunawayError after too many steps. */
  step(): void {
    if (++this.steps > this.most) throw new RunawayError(`still not done after ${this.most} steps`);
  }

  /** Calls `ring` at a time; a past time means now. Returns a function that cancels it. */
  at(time: Time, ring: () => void): () => void {
    return this.atMilliseconds(toMilliseconds(time), ring);
  }

  private atMilliseconds(time: number, ring: () => void): () => void {
    const timer: Timer = { at: Math.max(time, this.milliseconds), order: this.ordered++, ring };
    let place = this.timers.length;
    while (place > 0 && (this.timers[place - 1] as Timer).at <= timer.at) place--;
    this.timers.splice(place, 0, timer);
    return () => {
      timer.ring = undefined;
    };
  }

  after(seconds: number, ring: () => void): () => void {
    return this.atMilliseconds(this.milliseconds + Math.round(seconds * 1000), ring);
  }

  /** Starts a caller. `skew` is the error of its clock in seconds. */
  call(run: (caller: Caller) => Promise<unknown>, ended: (ending: Ending) => void, skew = 0): void {
    const caller: Caller = {
      now: () => {
        this.step();
        return skew === 0 ? this.now() : fromMilliseconds(this.milliseconds + skew * 1000);
      },
      turn: (seconds = 0) => {
        this.step();
        this.waiting.set(caller, (this.waiting.get(caller) ?? 0) + 1);
        return new Promise((go) => {
          if (seconds > 0) this.after(seconds, () => this.parked.push({ caller, go }));
          else this.parked.push({ caller, go });
          this.idle();
        });
      },
      die: () => {
        this.dead.add(caller);
        ended("died");
        this.idle();
        return new Promise(() => {});
      },
    };
    const finish = (ending: Ending) => {
      this.ended.add(caller);
      ended(ending);
      this.idle();
    };
    const go = () => {
      run(caller).then(
        () => finish("done"),
        (error: Error) => finish({ threw: error }),
      );
    };
    this.parked.push({ caller, go });
  }

  /** Runs everything that is due up to and including a time. @throws RunawayError */
  async run(until: Time): Promise<void> {
    const end = toMilliseconds(until);
    for (;;) {
      const next = this.timers.at(-1);
      if (next && (next.at === this.milliseconds || (this.parked.length === 0 && next.at <= end))) {
        this.timers.pop();
        this.pass(next.at);
        next.ring?.();
      } else if (this.parked.length > 0) await this.resume();
      else break;
      this.step();
    }
    this.pass(end);
  }

  private pass(to: number): void {
    if (to === this.milliseconds) return;
    this.milliseconds = to;
    this.text = undefined;
  }

  /** Lets one caller run to its next turn or its end. */
  private resume(): Promise<void> {
    const { lots, parked } = this;
    const same = parked.findIndex(({ caller }) => caller === this.last);
    const place = lots && (same < 0 || lots.below(3) > 0) ? lots.below(parked.length) : Math.max(same, 0);
    const [chosen] = parked.splice(place, 1) as [Parked];
    if (this.dead.has(chosen.caller)) return Promise.resolve();
    this.last = chosen.caller;
    const others = (this.waiting.get(chosen.caller) ?? 1) - 1;
    this.waiting.set(chosen.caller, others);
    return new Promise((resolve) => {
      this.idle = resolve;
      chosen.go();
      // A worker may end without another turn while others of its caller wait, or after its caller has ended.
      if (others > 0 || this.ended.has(chosen.caller)) setImmediate(resolve);
    });
  }
}

export class RunawayError extends Error {
  override name = "RunawayError";
}
