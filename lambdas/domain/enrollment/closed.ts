/**
 * An ended enrollment still counts for some time: a goal may be reached after the customer has left, and a record of the
 * stream may come again. Afterwards it is closed: it is stored apart from the open enrollments, so that an event reads
 * what is open, and not everything that a customer ever did.
 *
 * A closed enrollment is read only where it may still count: for an event that comes late, for a goal that an edit has
 * added since, for a report about one of its messages, for an erasure, and for people.
 */
import { goalDeadline } from "../journey/goal-deadline.ts";
import type { Goal, Journey } from "../journey/journey.ts";
import { minus, type Time } from "../time/time.ts";
import { own } from "../values/json.ts";
import type { Enrollment } from "./enrollment.ts";

/**
 * How long an ended enrollment for which nothing counts stays among the open enrollments: longer than the stream
 * repeats a record.
 */
const CLOSED_AFTER = "P1D";

/** Half of it: an enrollment whose trigger is younger is not closed, even if the trigger's time is wrong by minutes. */
const SURELY_OPEN = "PT12H";

/** Whether nothing has counted for the ended enrollment for a day. `goals`: the goals of the live version. */
export function mayClose(enrollment: Enrollment, { goals = [] }: Goals, now: Time): boolean {
  const { status, endedAt = now, unstopped, closed, erasedParts } = enrollment;
  if (status === "active" || closed || unstopped || erasedParts !== undefined) return false;
  const until = goals.filter(({ id }) => own(enrollment.goals, id) === undefined);
  const latest = until.reduce((time, goal: Goal) => later(time, goalDeadline(goal, enrollment)), endedAt);
  return latest < minus(now, CLOSED_AFTER);
}

/** Whether an activity of this time may count for enrollments that are closed by now (`Catalog.goalsReopenUntil`). */
export function countsForClosed(reopenUntil: Time | undefined, time: Time, now: Time): boolean {
  return reopenUntil !== undefined && (time < minus(now, CLOSED_AFTER) || time <= reopenUntil);
}

/** Whether an edit adds a goal or changes how long one counts, so that it may count for closed enrollments again. */
export function extendsGoals({ goals: before = [] }: Goals, { goals: after = [] }: Goals): boolean {
  const within = new Map(before.map((goal) => [goal.id, goal.within]));
  return after.some(({ id, within: longer }) => !within.has(id) || within.get(id) !== longer);
}

type Goals = Pick<Journey, "goals">;

/** Whether an enrollment with a trigger of this time may be closed by now. */
export function mayBeClosed(triggerTime: Time, now: Time): boolean {
  return triggerTime < minus(now, SURELY_OPEN);
}

const later = (a: Time, b: Time): Time => (a > b ? a : b);
