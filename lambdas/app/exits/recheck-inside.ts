/**
 * Applies the exit rules and goals that an edit has added or changed to the activities of the customers inside while
 * the edit went live. A function that still had the older view of the journey has handled these events and changes
 * without the rules. When this runs, no function can have that view any more.
 *
 * A task may come twice, and its call may die anywhere: a goal counts once, and an exit is final.
 */

import type { Rule } from "../../domain/conditions/rule.ts";
import { changedRevision } from "../../domain/customer/customer.ts";
import type { Activity } from "../../domain/enrollment/activity.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { InsidePlace, StatusTask } from "../../domain/journey/status-work.ts";
import { startOfSecond } from "../../domain/time/event-time.ts";
import { justBefore, minus, type Time } from "../../domain/time/time.ts";
import { PermanentError, throwFirst } from "../errors.ts";
import { findEvent } from "../find-event.ts";
import type { EnrollmentPorts, Ports } from "../ports.ts";
import { type Bounds, withinBounds } from "../within-bounds.ts";
import { applyToEnrollment, byTime } from "./apply-to-enrollments.ts";

/** Twice as many workers gain little, because most enrollments take only two reads. */
const AT_ONCE = 10;
/** The clocks of two functions differ by less. */
const CLOCKS_DIFFER = "PT1M";

type RecheckPorts = EnrollmentPorts & Pick<Ports, "statusTasks">;

export async function recheckInside(
  task: StatusTask,
  ports: RecheckPorts,
  { most, isOver }: Required<Bounds>,
  pauseSeconds: number,
): Promise<void> {
  const { store, journeys, statusTasks } = ports;
  const live = await journeys.live(task.journeyId);
  if (!live) return;
  const { exit = [], goals = [] } = live.journey;
  const rules = [...exit, ...goals].filter(({ id }) => task.rules?.includes(id));
  const since = minus(task.since, CLOCKS_DIFFER);
  const places = await firstOf(store.inside(task.journeyId, task.part, task.after), most);
  const left = new Set(places);
  const { failures } = await withinBounds(
    places,
    AT_ONCE,
    async (place) => {
      await recheckOne(place, rules, since, ports).catch((error: unknown) => {
        // Nothing can be stored for this enrollment, so no rule can end it.
        if (!(error instanceof PermanentError)) throw error;
      });
      left.delete(place);
    },
    { isOver },
  );
  throwFirst(failures);
  const [first] = left;
  const after = first === undefined ? places.at(-1) : places[places.indexOf(first) - 1];
  if (places.length === most || first !== undefined)
    await statusTasks.add({ ...task, after: after ?? task.after }, first === undefined ? 0 : pauseSeconds);
}

async function firstOf(places: AsyncIterable<InsidePlace>, most: number): Promise<InsidePlace[]> {
  const found: InsidePlace[] = [];
  for await (const place of places) if (found.push(place) === most) break;
  return found;
}

async function recheckOne(
  place: InsidePlace,
  rules: readonly Omit<Rule, "id">[],
  since: Time,
  ports: EnrollmentPorts,
): Promise<void> {
  const enrollment = await ports.store.openEnrollment(place);
  if (enrollment?.status !== "active") return;
  const activities = await activitiesSince(since, enrollment, rules, ports);
  if (activities.length > 0) await applyToEnrollment(enrollment, activities.sort(byTime), ports);
}

/** The activities that were handled since then and may meet one of the rules. */
async function activitiesSince(
  since: Time,
  { customerId, trigger }: Enrollment,
  rules: readonly Omit<Rule, "id">[],
  { store }: Pick<Ports, "store">,
): Promise<Activity[]> {
  const found: Activity[] = [];
  for (const name of new Set(rules.flatMap(({ event }) => event ?? [])))
    for (const event of await store.events(customerId, name, justBefore(startOfSecond(trigger.time))))
      if ((event.handledAt ?? "") >= since) found.push({ kind: "event", ...event });
  if (rules.every(({ event }) => event !== undefined)) return found;
  const customer = await store.customer(customerId);
  const { changedAt, changedBy, changedByName } = customer;
  // A change by a component has the time at which it was made. An event may be older than the change that it made.
  const changer =
    changedBy === undefined || changedAt >= since
      ? undefined
      : await findEvent(customerId, { id: changedBy, name: changedByName ?? "" }, { store });
  if (changedAt >= since || (changer?.event?.handledAt ?? "") >= since)
    found.push({ kind: "change", revision: changedRevision(customer), time: changedAt });
  return found;
}
