/**
 * How many customers reached each goal on each of the last days, and how many entered. Counters have no days, so this
 * adds up the logs of enrollments. A day is a day in UTC.
 */
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { minus, type Time } from "../../lambdas/domain/time/time.ts";

export interface GoalDay {
  /** Such as `2026-01-05`. */
  readonly day: string;
  readonly entered: number;
  /** By goal; a goal that no customer reached on this day is absent. */
  readonly goals: Readonly<Record<string, number>>;
}

/** The days until now, the oldest first. */
export async function goalsByDay(
  enrollments: AsyncIterable<Enrollment>,
  now: Time,
  days: number,
): Promise<readonly GoalDay[]> {
  const found = new Map<string, { entered: number; goals: Map<string, number> }>();
  for (let ago = days - 1; ago >= 0; ago--) found.set(dayOf(minus(now, `P${ago}D`)), { entered: 0, goals: new Map() });
  for await (const { enteredAt, goals } of enrollments) {
    const entered = found.get(dayOf(enteredAt));
    if (entered) entered.entered++;
    for (const [goalId, at] of Object.entries(goals)) {
      const reached = found.get(dayOf(at));
      reached?.goals.set(goalId, (reached.goals.get(goalId) ?? 0) + 1);
    }
  }
  return [...found].map(([day, { entered, goals }]) => ({ day, entered, goals: Object.fromEntries(goals) }));
}

const dayOf = (time: Time) => time.slice(0, 10);
