/**
 * Does one task of a journey's new status: the customers inside exit, or the parked ones go on. A journey may have very
 * many customers inside, so a call does a bounded part of the work and adds a task for the rest. The tasks wait in a queue
 * of their own: a save of another journey, and an exit by a rule, does not wait for them.
 *
 * A task may come twice, and its call may die anywhere: which customers are left is read from the enrollments. If a
 * later save has begun the same work again, the older tasks end.
 */

import type { StatusTask, StatusWork } from "../../domain/journey/status-work.ts";
import { throwFirst } from "../errors.ts";
import type { Ports } from "../ports.ts";
import type { Bounds, Worked } from "../within-bounds.ts";
import { releaseJourney } from "./release-journey.ts";
import { stopJourney } from "./stop-journey.ts";

/** One call works on at most this many customers, so that the tasks of several journeys take turns. */
const MOST = 500;
/** After a call that AWS has throttled, the next one waits for this long. */
const PAUSE_SECONDS = 5;

export type ApplyPorts = Pick<Ports, "clock" | "store" | "journeys" | "executions" | "statusTasks" | "statusProgress">;

type Work = (journeyId: string, ports: ApplyPorts, bounds: Bounds, part?: number) => Promise<Worked>;

const works: Readonly<Record<StatusWork, Work>> = { stop: stopJourney, release: releaseJourney };

/** @throws the first error of a customer, after all customers were tried, so that the queue repeats the task. */
export async function applyStatus(task: StatusTask, ports: ApplyPorts, isOver = () => false): Promise<void> {
  const { done, failures, isComplete } = await works[task.work](
    task.journeyId,
    ports,
    { most: MOST, isOver },
    task.part,
  );
  const isNewest = await ports.statusProgress.note(task, done, isComplete && failures.length === 0);
  if (isNewest && !isComplete) await ports.statusTasks.add(task, done === MOST ? 0 : PAUSE_SECONDS);
  if (isComplete) throwFirst(failures);
}
