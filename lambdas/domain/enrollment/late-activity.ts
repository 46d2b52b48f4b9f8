/**
 * An event or status may come late: it is older than the one that ended an earlier wait, and would have ended that wait
 * through the same outlet. The customer has left the wait and stays where they are. But the next `waitFor` must count
 * from the older moment, so that the order of delivery makes no difference. The next step computes that moment again
 * from what is stored (`walk/recount-waits.ts`).
 */
import type { Facts } from "../conditions/evaluate.ts";
import { statusTime } from "../messages/message-status.ts";
import { own } from "../values/json.ts";
import type { Activity, Versions } from "./activity.ts";
import { type Enrollment, type Message, messageOf } from "./enrollment.ts";
import { isMet } from "./met-branch.ts";
import { stepsInVersion } from "./steps.ts";

export function noteLateEvent(
  enrollment: Enrollment,
  entered: Versions["entered"],
  activity: Activity,
  facts: Facts,
): Enrollment {
  return isLateEvent(enrollment, entered, activity, facts) ? markLate(enrollment) : enrollment;
}

/** Whether an event that is older than the moment from which the customer's waits count could move that moment. */
function isLateEvent(
  enrollment: Enrollment,
  { components }: Versions["entered"],
  activity: Activity,
  facts: Facts,
): boolean {
  const { position, key } = enrollment;
  if (activity.kind !== "event" || activity.time >= position.since) return false;
  return stepsInVersion(enrollment).some(({ componentId, outcome, metAt }) => {
    const component = own(components, componentId);
    if (metAt === undefined || activity.time >= metAt || component?.type !== "waitFor") return false;
    const taken = component.branches.find(({ id }) => id === outcome);
    return taken !== undefined && isMet(taken, activity, facts, key);
  });
}

/** Whether events of this name could come late for the enrollment. */
export function mayBeLate(
  enrollment: Enrollment,
  { components }: Versions["entered"],
  { name, time }: LateEvent,
): boolean {
  return stepsInVersion(enrollment).some(({ componentId, outcome, metAt }) => {
    const component = own(components, componentId);
    if (metAt === undefined || time >= metAt || component?.type !== "waitFor") return false;
    return component.branches.some(({ id, event }) => id === outcome && event === name);
  });
}

type LateEvent = Pick<Extract<Activity, { kind: "event" }>, "name" | "time">;

/** After a report about a message: whether a `messageStatusRule` that the customer has left would have ended earlier. */
export function noteLateStatus(before: Enrollment, after: Enrollment, entered: Versions["entered"]): Enrollment {
  const moved = stepsInVersion(after).some(({ componentId, outcome }) => {
    const component = own(entered.components, componentId);
    if (component?.type !== "messageStatusRule" || outcome !== "met") return false;
    const time = (message: Message | undefined) => message && statusTime(message.statuses, component.status);
    const reached = time(messageOf(after, component.message));
    return reached !== time(messageOf(before, component.message)) && (reached ?? "") < after.position.since;
  });
  return moved ? markLate(after) : after;
}

function markLate(enrollment: Enrollment): Enrollment {
  return enrollment.status === "active" && !enrollment.position.late
    ? { ...enrollment, position: { ...enrollment.position, late: true } }
    : enrollment;
}
