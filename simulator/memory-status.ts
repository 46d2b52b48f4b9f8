/** The work of a new status on memory: each task runs at once, and the progress is a map. */
import { type ApplyPorts, applyStatus } from "../lambdas/app/exits/apply-status.ts";
import type { StatusProgress, StatusTasks } from "../lambdas/app/ports.ts";
import type { StatusTask } from "../lambdas/domain/journey/status-work.ts";

/** `ports`: a function, because the ports of a task contain the queue of tasks. */
export function immediateStatusTasks(ports: () => ApplyPorts): StatusTasks {
  return {
    begin: (journeyId, work, since, rules) => applyStatus({ journeyId, work, since, rules }, ports()),
    add: (task) => applyStatus(task, ports()),
  };
}

export interface Progress {
  readonly since: string;
  readonly done: number;
  readonly complete: boolean;
}

export class MemoryStatusProgress implements StatusProgress {
  readonly items = new Map<string, Progress>();

  async note({ journeyId, work, since, part = 0 }: StatusTask, done: number, complete: boolean): Promise<boolean> {
    const key = `${journeyId} ${work} ${part}`;
    const before = this.items.get(key);
    if (before && before.since > since) return false;
    const sum = before?.since === since ? before.done + done : done;
    this.items.set(key, { since, done: sum, complete });
    return true;
  }
}
