/**
 * Keeps the trigger event stored for as long as the enrollment may read it. Messages, conditions and rules read the
 * event's data, and a journey may last longer than events are kept. Each call of the execution looks ahead to its next
 * call, so the event is still stored then; for goals it is stored until the last of them has ended. An ordinary journey
 * is shorter than the retention of events, and writes nothing here.
 */

import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { goalDeadline } from "../../domain/journey/goal-deadline.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import { later, plus, type Time } from "../../domain/time/time.ts";
import { own } from "../../domain/values/json.ts";
import { storedTriggerId } from "../enrollment-event.ts";
import type { Instruction } from "../instruction.ts";
import type { Ports } from "../ports.ts";

/** The execution may be late: a step is retried, or the reconciler must start another execution. */
const SLACK = "P30D";

export async function keepTriggerEvent(
  enrollment: Enrollment,
  live: Pick<Journey, "goals">,
  instruction: Instruction,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<void> {
  const { customerId, trigger, goals } = enrollment;
  const storedId = storedTriggerId(trigger);
  if (storedId === undefined) return;
  const open = (live.goals ?? []).filter(({ id }) => own(goals, id) === undefined);
  const needed = [...nextCall(instruction, clock.now()), ...open.map((goal) => goalDeadline(goal, enrollment))];
  if (needed.length > 0) await store.keepEvent(customerId, storedId, trigger.time, needed.reduce(later));
}

function nextCall(instruction: Instruction, now: Time): Time[] {
  if (instruction.next === "wait" || instruction.next === "awaitSignal") return [plus(instruction.until, SLACK)];
  const goesOn = instruction.next === "continue" || instruction.handOver === true;
  return goesOn ? [plus(now, SLACK)] : [];
}
