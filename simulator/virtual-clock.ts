/**
 * Time that passes only when there is nothing left to do at this moment.
 *
 * What is due at the same moment is done in this order: what the world does (events, statuses, edits), then what
 * follows from it, then the steps that customers take, then timers. So a customer who buys at the very end of a wait
 * has bought before the wait ends, and the same scenario gives the same timeline on every run.
 */
import type { Clock } from "../lambdas/app/ports.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../lambdas/domain/time.ts";

const ranks = { world: 0, consequence: 1, walk: 2, timer: 3 } as const;
export type Rank = keyof typeof ranks;

interface Task {
  readonly at: number;
  readonly rank: number;
  readonly order: number;
  run: (() => Promise<void>) | undefined;
}

export class VirtualClock implements Clock {
  private readonly queue: Task[] = [];
  private order = 0;
  private milliseconds: number;
  private text: Time;

  constructor(start: Time) {
    this.milliseconds = toMilliseconds(start);
    this.text = fromMilliseconds(this.milliseconds);
  }

  now(): Time {
    return this.text;
  }

  /** Plans something. The past is now. The answer cancels it. */
  plan(at: Time, rank: Rank, run: () => Promise<void>): () => void {
    const task: Task = {
      at: Math.max(toMilliseconds(at), this.milliseconds),
      rank: ranks[rank],
      order: this.order++,
      run,
    };
    this.queue.push(task);
    this.rise(this.queue.length - 1);
    return () => {
      task.run = undefined;
    };
  }

  /** Plans what follows from what is being done right now. */
  follow(run: () => Promise<void>, rank: Rank = "consequence"): void {
    this.plan(this.text, rank, run);
  }

  /** Does everything that is due until a moment, that moment included. */
  async run(until: Time): Promise<void> {
    const end = toMilliseconds(until);
    for (let task = this.queue[0]; task && task.at <= end; task = this.queue[0]) {
      this.takeFirst();
      if (!task.run) continue;
      if (task.at !== this.milliseconds) {
        this.milliseconds = task.at;
        this.text = fromMilliseconds(task.at);
      }
      await task.run();
    }
  }

  private takeFirst(): void {
    const last = this.queue.pop();
    if (!last || this.queue.length === 0) return;
    this.queue[0] = last;
    this.sink(0);
  }

  private rise(index: number): void {
    let here = index;
    while (here > 0) {
      const above = (here - 1) >> 1;
      if (!this.before(here, above)) return;
      this.swap(here, above);
      here = above;
    }
  }

  private sink(index: number): void {
    let here = index;
    for (;;) {
      const [left, right] = [2 * here + 1, 2 * here + 2];
      let first = here;
      if (left < this.queue.length && this.before(left, first)) first = left;
      if (right < this.queue.length && this.before(right, first)) first = right;
      if (first === here) return;
      this.swap(here, first);
      here = first;
    }
  }

  private before(a: number, b: number): boolean {
    const [x, y] = [this.queue[a] as Task, this.queue[b] as Task];
    return (x.at - y.at || x.rank - y.rank || x.order - y.order) < 0;
  }

  private swap(a: number, b: number): void {
    [this.queue[a], this.queue[b]] = [this.queue[b] as Task, this.queue[a] as Task];
  }
}
