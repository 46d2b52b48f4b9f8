/**
 * Does one task of a saved journey: customers inside exit, parked customers go on, or customers inside are rechecked. A
 * journey may have very many customers inside, so a call does a bounded part of the work and adds a task for the rest.
 * The tasks wait in a queue of their own, so that saves of other journeys and exits by rules do not wait for them.
 *
 * A task may come twice, and its call may die anywhere: which customers are left is read from the enrollments. If a
 * later save has begun the same work again, the older tasks end.
 */

import type { StatusTask, StatusWork } from "../../domain/journey/status-work.ts";
import { throwFirst } from "../errors.ts";
import type { Ports } from "../ports.ts";
import type { Bounds, Worked } from "../within-bounds.ts";
import { recheckInside } from "./recheck-inside.ts";
import { releaseJourney } from "./release-journey.ts";
import { stopJourney } from "./stop-journey.ts";

/** One call works on at most this many customers, so that the tasks of several journeys take turns. */
const MOST = 500;
/** After a call that AWS has throttled, the next call waits for this long. */
const PAUSE_SECONDS = 5;

export type ApplyPorts = Pick<Ports, "clock" | "store" | "journeys" | "executions" | "statusTasks" | "statusProgress">;

type Work = (task: StatusTask, ports: ApplyPorts, bounds: Required<Bounds>) => Promise<void>;

const works: Readonly<Record<StatusWork, Work>> = {
  stop: counted(stopJourney),
  release: counted(releaseJourney),
  recheck: (task, ports, bounds) => recheckInside(task, ports, bounds, PAUSE_SECONDS),
};

/** @throws the first error of a customer, after all customers were tried, so that the queue repeats the task. */
export async function applyStatus(task: StatusTask, ports: ApplyPorts, isOver = () => false): Promise<void> {
  await works[task.work](task, ports, { most: MOST, isOver });
}

type CountedWork = (journeyId: string, ports: ApplyPorts, bounds: Bounds, part?: number) => Promise<Worked>;

/** Work whose remaining customers are read from the index of customers inside, and whose progress is stored. */
function counted(work: CountedWork): Work {
  return async (task, ports, bounds) => {
    const { done, failures, isComplete } = await work(task.journeyId, ports, bounds, task.part);
    const isNewest = await ports.statusProgress.note(task, done, isComplete && failures.length === 0);
    if (isNewest && !isComplete) await ports.statusTasks.add(task, done === bounds.most ? 0 : PAUSE_SECONDS);
    if (isComplete) throwFirst(failures);
  };
}
