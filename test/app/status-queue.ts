/** The queue of the tasks of saved journeys, over a world. The test decides when a task is done. */
import { type ApplyPorts, applyStatus } from "../../lambdas/app/exits/apply-status.ts";
import { parts } from "../../lambdas/domain/enrollment/part.ts";
import { FIRST_SECONDS, type StatusTask } from "../../lambdas/domain/journey/status-work.ts";
import { MemoryStatusProgress } from "../../simulator/memory-status.ts";
import { type Call, watched } from "./calls.ts";
import { CrashError } from "./crashes.ts";
import type { World } from "./world.ts";

/** A queue that keeps its tasks until the test takes them. */
export class Queue {
  readonly tasks: (StatusTask & { readonly seconds: number })[] = [];
  readonly progress = new MemoryStatusProgress();
  readonly world: World;
  /** Is called before each call of a port. */
  before: (call: Call) => void = () => {};

  constructor(world: World) {
    this.world = world;
  }

  get ports(): ApplyPorts {
    const inner = {
      ...this.world.ports,
      statusProgress: this.progress,
      statusTasks: {
        begin: async (journeyId: string, work: StatusTask["work"], since: string, rules?: readonly string[]) => {
          for (const part of parts)
            this.tasks.push({ journeyId, work, since, part, rules, seconds: FIRST_SECONDS[work] });
        },
        add: async (task: StatusTask, seconds: number) => void this.tasks.push({ ...task, seconds }),
      },
    };
    return watched(inner, (call, make) => {
      this.before(call);
      return make();
    });
  }

  /** Does the tasks that are in the queue now; a task whose call dies comes again. */
  async work(): Promise<void> {
    for (const task of this.tasks.splice(0))
      try {
        await applyStatus(task, this.ports);
      } catch (error) {
        if (!(error instanceof CrashError)) throw error;
        this.tasks.push(task);
      }
  }

  async workUntilEmpty(): Promise<number> {
    let rounds = 0;
    for (; this.tasks.length > 0; rounds++) await this.work();
    return rounds;
  }
}
