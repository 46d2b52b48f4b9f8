/**
 * What something that happened means for one enrollment: goals reached, an exit, a `waitFor` branch met.
 * Exit rules and goals are the live version's; components are those of the version the customer entered with.
 */

import { evaluate, type Facts } from "../conditions/evaluate.ts";
import type { Rule } from "../conditions/rule.ts";
import type { Goal, Journey } from "../journey/journey.ts";
import { statusTime } from "../messages/message-status.ts";
import { plus, type Time } from "../time/time.ts";
import { at, type Json, type JsonObject, own, same } from "../values/json.ts";
import { namesIn } from "../values/path.ts";
import { type Enrollment, ended, GRACE, messageOf, messageStatuses } from "./enrollment.ts";

/** Statistics time of a goal that names none. */
const DEFAULT_GOAL_WITHIN = "P30D";

/** The last moment at which something may happen to count for the goal, however late it is delivered. */
export function goalDeadline({ within }: Pick<Goal, "within">, { enteredAt }: Pick<Enrollment, "enteredAt">): Time {
  return plus(enteredAt, within ?? DEFAULT_GOAL_WITHIN);
}

/** Something that happened to a customer: an event, or a change of what is known of them. */
export type Activity =
  | {
      readonly kind: "event";
      readonly id: string;
      readonly name: string;
      readonly time: Time;
      readonly data: JsonObject;
    }
  | { readonly kind: "change"; readonly revision: number; readonly time: Time };

export interface Versions {
  /** For exit rules and goals. */
  readonly live: Pick<Journey, "exit" | "goals">;
  /** For components. */
  readonly entered: Pick<Journey, "components">;
}

/** The enrollment after what happened; the same object when it means nothing for it. */
export function applyActivity(
  enrollment: Enrollment,
  { live, entered }: Versions,
  happening: Activity,
  customer: JsonObject,
  now: Time,
): Enrollment {
  if (!countsForEnrollment(enrollment, happening)) return enrollment;
  const facts: Facts = {
    now,
    customer,
    key: enrollment.key,
    ...(happening.kind === "event" && { event: happening.data }),
  };
  const judged = reachGoals(enrollment, live, happening, facts);
  if (judged.status !== "active") return judged;
  const exit = (live.exit ?? []).find((rule) => isMet(rule, happening, facts, enrollment.key));
  if (exit) return ended(judged, { status: "exited", rule: exit.id }, now);
  return dueWhenSignalled(meetBranch(judged, entered, happening, facts), entered, now);
}

/** The enrollment after the status of one of its messages has changed: a `waitFor` may have waited for that. */
export function applyStatus(
  enrollment: Enrollment,
  entered: Versions["entered"],
  customer: JsonObject,
  now: Time,
): Enrollment {
  if (enrollment.status !== "active") return enrollment;
  const change: Activity = { kind: "change", revision: Number.POSITIVE_INFINITY, time: now };
  return dueWhenSignalled(
    meetBranch(enrollment, entered, change, { now, customer, key: enrollment.key }),
    entered,
    now,
  );
}

/** A customer who need wait no longer is due soon: should the waiting execution be lost, the reconciler finds it. */
function dueWhenSignalled(enrollment: Enrollment, entered: Versions["entered"], now: Time): Enrollment {
  const dueAt = plus(now, GRACE);
  return isSignalled(enrollment, entered) && (enrollment.dueAt ?? "") > dueAt ? { ...enrollment, dueAt } : enrollment;
}

/** Whether a customer who waits for a signal need wait no longer. */
export function isSignalled(enrollment: Enrollment, { components }: Versions["entered"]): boolean {
  const { waiting, componentId } = enrollment.position;
  if (waiting?.for !== "signal") return false;
  if (waiting.met !== undefined) return true;
  const component = components[componentId];
  if (component?.type !== "messageStatusRule") return false;
  const message = messageOf(enrollment, component.message);
  const reached = message && statusTime(message.statuses, component.status);
  return reached !== undefined && reached <= waiting.until;
}

/** Whether an event is what let the customer in, or what brought the change that did. */
export function isTriggerItself({ eventId, cause }: Enrollment["trigger"], id: string): boolean {
  return id === eventId || id === cause;
}

/**
 * Only what happens after the enrollment's own trigger counts, by its own time; the trigger itself never does.
 * Another event of the same moment counts: many apps stamp whole seconds, and a mail after the purchase does more harm
 * than one mail too few.
 */
function countsForEnrollment({ trigger }: Enrollment, happening: Activity): boolean {
  if (happening.kind === "change") return happening.revision > trigger.customerRevision;
  return happening.time >= trigger.time && !isTriggerItself(trigger, happening.id);
}

/** Whether a rule is met. A rule without event is met by changes only, one with event by such events only. */
export function isMet(rule: Omit<Rule, "id">, happening: Activity, facts: Facts, key: Json | undefined): boolean {
  if (happening.kind === "change") return rule.event === undefined && !!rule.where && evaluate(rule.where, facts);
  if (rule.event !== happening.name) return false;
  if (rule.key !== undefined && !same(at(happening.data, namesIn(rule.key)), key)) return false;
  return rule.where === undefined || evaluate(rule.where, facts);
}

function reachGoals(enrollment: Enrollment, live: Versions["live"], happening: Activity, facts: Facts): Enrollment {
  const reached = (live.goals ?? []).filter(
    (goal) =>
      own(enrollment.goals, goal.id) === undefined &&
      happening.time <= goalDeadline(goal, enrollment) &&
      isMet(goal, happening, facts, enrollment.key),
  );
  if (reached.length === 0) return enrollment;
  return {
    ...enrollment,
    goals: { ...enrollment.goals, ...Object.fromEntries(reached.map(({ id }) => [id, facts.now])) },
  };
}

/** Notes the branch of a `waitFor` that was met while the customer waits at it. */
function meetBranch(
  enrollment: Enrollment,
  entered: Versions["entered"],
  happening: Activity,
  facts: Facts,
): Enrollment {
  const { waiting, componentId, since } = enrollment.position;
  const component = entered.components[componentId];
  if (waiting?.for !== "signal" || waiting.met !== undefined || component?.type !== "waitFor") return enrollment;
  if (happening.kind === "event" && (happening.time <= since || happening.time > waiting.until)) return enrollment;
  const messages = messageStatuses(enrollment);
  const met = component.branches.find((branch) => isMet(branch, happening, { ...facts, messages }, enrollment.key));
  return met
    ? { ...enrollment, position: { ...enrollment.position, waiting: { ...waiting, met: met.id } } }
    : enrollment;
}

/** The rules that could mean anything for an enrollment: exits, goals, and the branches that it waits at. */
function watching({ live, entered }: Versions, { position }: Pick<Enrollment, "position">): Omit<Rule, "id">[] {
  const component = entered.components[position.componentId];
  const branches = component?.type === "waitFor" ? component.branches : [];
  return [...(live.exit ?? []), ...(live.goals ?? []), ...branches];
}

/** The events that could mean anything for an enrollment. */
export function awaitedEvents(versions: Versions, enrollment: Pick<Enrollment, "position">): Set<string> {
  return new Set(watching(versions, enrollment).flatMap(({ event }) => event ?? []));
}

/** Whether a change of the customer could mean anything for an enrollment. */
export function awaitsChange(versions: Versions, enrollment: Pick<Enrollment, "position">): boolean {
  return watching(versions, enrollment).some(({ event }) => event === undefined);
}
