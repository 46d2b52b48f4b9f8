/**
 * Keeps the trigger event stored for as long as the enrollment may read it. Messages, conditions and rules read the
 * event's data, and a journey may last longer than events are kept. The entry and each call of the execution keep the
 * event until after the next call; if goals still count, they keep it until the last goal has ended. The entry keeps
 * the event too, because an enrollment may end before its first call. For a journey that is shorter than the retention
 * of events, nothing is written here.
 */

import type { Enrollment } from "../domain/enrollment/enrollment.ts";
import { goalDeadline } from "../domain/journey/goal-deadline.ts";
import type { Journey } from "../domain/journey/journey.ts";
import { later, plus, type Time } from "../domain/time/time.ts";
import { own } from "../domain/values/json.ts";
import { storedTriggerId } from "./enrollment-event.ts";
import type { Ports } from "./ports.ts";

/** The execution may be late: a step is retried, or the reconciler must start another execution. */
const SLACK = "P30D";

/** `nextCall`: when the execution calls next; `undefined` if the enrollment has ended. */
export async function keepTriggerEvent(
  enrollment: Enrollment,
  live: Pick<Journey, "goals">,
  nextCall: Time | undefined,
  { store }: Pick<Ports, "store">,
): Promise<void> {
  const { customerId, trigger, goals } = enrollment;
  const storedId = storedTriggerId(trigger);
  if (storedId === undefined) return;
  const open = (live.goals ?? []).filter(({ id }) => own(goals, id) === undefined);
  const needed = open.map((goal) => goalDeadline(goal, enrollment));
  if (nextCall !== undefined) needed.push(plus(nextCall, SLACK));
  if (needed.length > 0) await store.keepEvent(customerId, storedId, trigger.time, needed.reduce(later));
}
