/**
 * A clock that moves only when no task is left for the current time.
 *
 * Tasks of the same time run in this order: input from outside (events, statuses, edits), then its consequences, then
 * the customers' steps, then timers. So a purchase at the very end of a wait counts before the wait ends, and the same
 * scenario gives the same timeline on every run.
 */
import TinyQueue from "tinyqueue";
import type { Clock } from "../lambdas/app/ports.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../lambdas/domain/time/time.ts";

const ranks = { world: 0, consequence: 1, walk: 2, timer: 3 } as const;
export type Rank = keyof typeof ranks;

interface Task {
  readonly at: number;
  readonly rank: number;
  readonly order: number;
  run: (() => Promise<void>) | undefined;
}

/** `order` makes the order total: tasks that are otherwise equal run in the order in which they were scheduled. */
const inOrder = (a: Task, b: Task): number => a.at - b.at || a.rank - b.rank || a.order - b.order;

export class VirtualClock implements Clock {
  private readonly queue = new TinyQueue<Task>([], inOrder);
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

  /** Schedules a task; a time in the past means now. The function that it returns cancels the task. */
  plan(at: Time, rank: Rank, run: () => Promise<void>): () => void {
    const task: Task = {
      at: Math.max(toMilliseconds(at), this.milliseconds),
      rank: ranks[rank],
      order: this.order++,
      run,
    };
    this.queue.push(task);
    return () => {
      task.run = undefined;
    };
  }

  /** Schedules a consequence of the task that runs now. */
  follow(run: () => Promise<void>, rank: Rank = "consequence"): void {
    this.plan(this.text, rank, run);
  }

  /** The time of the next task; `undefined` when no task is left. */
  next(): Time | undefined {
    for (let task = this.queue.peek(); task; task = this.queue.peek()) {
      if (task.run) return fromMilliseconds(task.at);
      this.queue.pop();
    }
    return undefined;
  }

  /** Runs every task that is due up to and including this time. */
  async run(until: Time): Promise<void> {
    const end = toMilliseconds(until);
    for (let task = this.queue.peek(); task && task.at <= end; task = this.queue.peek()) {
      this.queue.pop();
      if (!task.run) continue;
      if (task.at !== this.milliseconds) {
        this.milliseconds = task.at;
        this.text = fromMilliseconds(task.at);
      }
      await task.run();
    }
  }
}
