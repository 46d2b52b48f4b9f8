/**
 * Applies an activity (an event, or a change of the customer) to one enrollment: goals reached, an exit, a `waitFor`
 * branch met. Exit rules and goals come from the live version; components come from the enrollment's own version.
 */

import type { Condition } from "../conditions/condition.ts";
import type { Facts } from "../conditions/evaluate.ts";
import type { Rule } from "../conditions/rule.ts";
import { goalDeadline } from "../journey/goal-deadline.ts";
import { latestTime } from "../time/event-time.ts";
import { plus, type Time } from "../time/time.ts";
import type { Identity } from "../values/event-identity.ts";
import { type JsonObject, own } from "../values/json.ts";
import type { Activity, Versions } from "./activity.ts";
import { ended } from "./ending.ts";
import { type Enrollment, GRACE, messageOf } from "./enrollment.ts";
import { noteLateEvent } from "./late-activity.ts";
import { meetBranch } from "./meet-branch.ts";
import { isMet } from "./met-branch.ts";
import { statusRuleEnd } from "./status-rule.ts";
import { hasLoopedWithoutWait } from "./steps.ts";

/** The enrollment after the activity; the same object if the activity changes nothing. */
export function applyActivity(
  enrollment: Enrollment,
  { live, entered, enrollmentEvent }: Versions,
  activity: Activity,
  customer: JsonObject,
  now: Time,
): Enrollment {
  if (!countsForEnrollment(enrollment, activity)) return enrollment;
  const facts: Facts = {
    now,
    customer,
    key: enrollment.key,
    unusableKey: enrollment.unusableKey,
    enrollmentEvent,
    timezone: entered.timezone,
    ...(activity.kind === "event" && { event: activity.data }),
  };
  const counted = reachGoals(enrollment, live, activity, facts);
  if (counted.status !== "active") return counted;
  const exit = (live.exit ?? []).find((rule) => isMet(rule, activity, facts, enrollment.key));
  if (exit) return ended(counted, { status: "exited", rule: exit.id }, now);
  const met = meetBranch(counted, entered, activity, facts);
  return dueWhenSignalled(noteLateEvent(met, entered, activity, facts), entered, now);
}

/**
 * The enrollment after one of its messages has a new status: a branch of a `waitFor` may read that status. `time`: the
 * status's own time.
 */
export function applyStatus(
  enrollment: Enrollment,
  entered: Versions["entered"],
  customer: JsonObject,
  now: Time,
  enrollmentEvent?: JsonObject,
  time = now,
): Enrollment {
  if (enrollment.status !== "active") return enrollment;
  const change: Activity = { kind: "change", revision: Number.POSITIVE_INFINITY, time };
  const facts: Facts = { now, customer, key: enrollment.key, enrollmentEvent, timezone: entered.timezone };
  return dueWhenSignalled(meetBranch(enrollment, entered, change, facts), entered, now);
}

/** An enrollment whose signal has come is due soon, so that the reconciler finds it if the waiting execution is lost. */
function dueWhenSignalled(enrollment: Enrollment, entered: Versions["entered"], now: Time): Enrollment {
  const dueAt = plus(now, GRACE);
  return isSignalled(enrollment, entered) && (enrollment.dueAt ?? "") > dueAt ? { ...enrollment, dueAt } : enrollment;
}

/** Whether the signal that the customer waits for has come. */
export function isSignalled(enrollment: Enrollment, { components }: Versions["entered"]): boolean {
  const { waiting, componentId, late } = enrollment.position;
  if (waiting?.for !== "signal") return false;
  if (waiting.met !== undefined || late) return true;
  const component = components[componentId];
  if (component?.type !== "messageStatusRule") return false;
  const end = statusRuleEnd(messageOf(enrollment, component.message), component.status, waiting.until);
  return end?.outlet === "met" || (end !== undefined && !hasLoopedWithoutWait(enrollment, componentId));
}

/** Whether this event let the customer enter. An event that reports a change of the customer is identified by its id. */
export function isTriggeredBy({ eventId, name }: Enrollment["trigger"], event: Identity): boolean {
  return event.id === eventId && (name === undefined || event.name === name);
}

/** Whether this event let the customer enter, or made the change that did. */
export function isTriggerItself(trigger: Enrollment["trigger"], event: Identity): boolean {
  const { cause, causeName } = trigger;
  return isTriggeredBy(trigger, event) || (event.id === cause && (causeName === undefined || event.name === causeName));
}

/**
 * An activity counts if it may have happened at the trigger's time or later; the trigger itself never counts. Another
 * event of the same time counts: many apps send whole seconds, and a mail after the purchase does more harm than a missing
 * mail.
 */
function countsForEnrollment({ trigger }: Enrollment, activity: Activity): boolean {
  if (activity.kind === "change") return activity.revision > trigger.customerRevision;
  return latestTime(activity) >= trigger.time && !isTriggerItself(trigger, activity);
}

function reachGoals(enrollment: Enrollment, live: Versions["live"], activity: Activity, facts: Facts): Enrollment {
  const reached = (live.goals ?? []).filter(
    (goal) =>
      own(enrollment.goals, goal.id) === undefined &&
      activity.time <= goalDeadline(goal, enrollment) &&
      isMet(goal, activity, facts, enrollment.key),
  );
  if (reached.length === 0) return enrollment;
  return {
    ...enrollment,
    goals: { ...enrollment.goals, ...Object.fromEntries(reached.map(({ id }) => [id, facts.now])) },
  };
}

/** The rules that apply to an enrollment: exit rules, goals, and the branches of the `waitFor` where the customer waits. */
function rulesOf({ live, entered }: Versions, { position }: Pick<Enrollment, "position">): Omit<Rule, "id">[] {
  const component = entered.components[position.componentId];
  const branches = component?.type === "waitFor" ? component.branches : [];
  return [...(live.exit ?? []), ...(live.goals ?? []), ...branches];
}

/** The names of the events that a rule of the enrollment listens to. */
export function awaitedEvents(versions: Versions, enrollment: Pick<Enrollment, "position">): Set<string> {
  return new Set(rulesOf(versions, enrollment).flatMap(({ event }) => event ?? []));
}

/** Whether a rule of the enrollment listens to changes of the customer. */
export function awaitsChange(versions: Versions, enrollment: Pick<Enrollment, "position">): boolean {
  return rulesOf(versions, enrollment).some(({ event }) => event === undefined);
}

/** The conditions of the exit rules, the goals and the branches of every `waitFor`: the customer may move meanwhile. */
export function ruleConditions({ live, entered }: Versions): Condition[] {
  const branches = Object.values(entered.components).flatMap((each) => (each.type === "waitFor" ? each.branches : []));
  return [...(live.exit ?? []), ...(live.goals ?? []), ...branches].flatMap(({ where }) => where ?? []);
}
