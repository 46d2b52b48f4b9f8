/** Applies an activity to each enrollment of a customer, stores the results, and wakes or stops the executions. */
import { type Customer, changedRevision, customerView, isBeforeErasure } from "../../domain/customer/customer.ts";
import type { Activity } from "../../domain/enrollment/activity.ts";
import { applyActivity, awaitedEvents, awaitsChange, isSignalled } from "../../domain/enrollment/apply-activity.ts";
import { countsForClosed } from "../../domain/enrollment/closed.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { mayBeLate } from "../../domain/enrollment/late-activity.ts";
import { goalDeadline } from "../../domain/journey/goal-deadline.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import { startOfSecond } from "../../domain/time/event-time.ts";
import { justBefore, type Time } from "../../domain/time/time.ts";
import { own } from "../../domain/values/json.ts";
import { withEnrollmentEvent } from "../enrollment-event.ts";
import { ThrottledError, throwFirst } from "../errors.ts";
import type { EnrollmentPorts, Ports, Signals } from "../ports.ts";
import { updateEnrollment } from "../update-enrollment.ts";
import { type EnrollmentVersions, versionsOf } from "../versions.ts";
import { closeEnrollments } from "./close-enrollments.ts";
import { eraseIfDeleted } from "./delete-customer.ts";
import { stopExecution } from "./exit-enrollment.ts";

/**
 * Processes every enrollment, then rethrows the first error so that the record is retried. `known`: the customer as they
 * were after a change.
 */
export async function applyToEnrollments(
  customerId: string,
  activity: Activity,
  ports: EnrollmentPorts,
  known?: Customer,
): Promise<void> {
  const failures: unknown[] = [];
  const enrollments = await concerned(customerId, activity, ports);
  for (const enrollment of enrollments)
    await applyToEnrollment(enrollment, [activity], ports, known).catch((error: unknown) => failures.push(error));
  throwFirst(failures);
  await closeEnrollments(enrollments, ports);
}

/**
 * The enrollments for which the activity may count. A closed enrollment counts the activity only for a goal, and only
 * in rare cases.
 */
async function concerned(
  customerId: string,
  activity: Activity,
  { store, journeys, clock }: EnrollmentPorts,
): Promise<readonly Enrollment[]> {
  const catalog = await journeys.catalog();
  const reopenUntil = catalog.goalsReopenUntil(activity.kind === "event" ? activity.name : undefined);
  return countsForClosed(reopenUntil, activity.time, clock.now())
    ? store.enrollments(customerId)
    : store.openEnrollments(customerId);
}

/** Returns the enrollment after the activities. */
export async function applyToEnrollment(
  enrollment: Enrollment,
  activities: readonly Activity[],
  ports: EnrollmentPorts,
  known?: Customer,
): Promise<Enrollment | undefined> {
  const now = ports.clock.now();
  const versions = await versionsOf(enrollment, ports);
  // An earlier call may have stored the exit and crashed before it stopped the execution.
  if (
    enrollment.status === "exited" &&
    !enrollment.closed &&
    activities.some((activity) => mayHaveEnded(activity, versions, enrollment))
  )
    await stopExecution(enrollment, ports);
  if (enrollment.status !== "active" && !activities.some(({ time }) => goalsOpen(enrollment, versions.live, time)))
    return enrollment;
  if (!activities.some((activity) => isRelevant(activity, versions, enrollment))) {
    // An earlier call may have stored the signal and crashed before it woke the execution.
    return wakeOrStop(enrollment, enrollment, versions.entered, ports);
  }
  const customer = customerView(known ?? (await ports.store.customer(enrollment.customerId)));
  const read = await withEnrollmentEvent(versions, enrollment, ports);
  const after = await updateEnrollment(
    enrollment,
    ports,
    (stored) => activities.reduce((state, activity) => applyActivity(state, read, activity, customer, now), stored),
    enrollment,
  );
  return after && wakeOrStop(enrollment, after, versions.entered, ports);
}

/** Whether a rule of the enrollment listens to the activity. A rule without event listens to changes. */
function isRelevant(activity: Activity, versions: EnrollmentVersions, enrollment: Enrollment): boolean {
  return activity.kind === "event"
    ? awaitedEvents(versions, enrollment).has(activity.name) || mayBeLate(enrollment, versions.entered, activity)
    : awaitsChange(versions, enrollment);
}

/**
 * Wakes or stops the execution. A repeated delivery does this again, because the first delivery may have died before
 * it.
 */
export async function wakeOrStop(
  before: Enrollment | undefined,
  after: Enrollment,
  entered: Journey,
  ports: Pick<Ports, "clock" | "store" | "executions">,
): Promise<Enrollment | undefined> {
  if (after.status === "active") await wake(after, entered, ports);
  return after.status !== "active" && before?.status === "active" ? stopExecution(after, ports) : after;
}

/**
 * Wakes the waiting execution if its signal has come. A throttled signal does not fail the delivery, because the few
 * retries would follow too soon. The enrollment is due in five minutes, and the reconciler then sends the signal again.
 */
export async function wake(
  enrollment: Enrollment,
  entered: Journey,
  { executions }: { readonly executions: Signals },
): Promise<void> {
  const { token } = enrollment.position.waiting ?? {};
  if (enrollment.status !== "active" || token === undefined || !isSignalled(enrollment, entered)) return;
  await executions.signal(token).catch((error: unknown) => {
    if (!(error instanceof ThrottledError)) throw error;
  });
}

/**
 * Whether the activity may have caused the exit: it happened before the end, and the exit rule listens to it. If an edit
 * has removed that rule, any activity may have caused the exit. Stopping an execution twice does no harm.
 */
function mayHaveEnded(activity: Activity, { live }: EnrollmentVersions, enrollment: Enrollment): boolean {
  const { trigger, enteredAt, endedAt = enteredAt, reason } = enrollment;
  const taken = live.exit?.find(({ id }) => id === reason);
  const event = activity.kind === "event" ? activity.name : undefined;
  if (activity.time < trigger.time || activity.time > endedAt) return false;
  return taken === undefined || taken.event === event;
}

/** Whether a goal that is not reached yet still counts activities of this time. */
function goalsOpen(enrollment: Enrollment, live: Journey, time: Time): boolean {
  return (live.goals ?? []).some(
    (goal) => own(enrollment.goals, goal.id) === undefined && time <= goalDeadline(goal, enrollment),
  );
}

/**
 * Applies the activities that happened after the trigger but were handled before the enrollment existed. The functions
 * that store an event and an enrollment write first and read afterwards, so the function that writes later sees both.
 * `known`: the customer, if they cannot have changed since the enrollment was created. Returns the enrollment
 * afterwards; `undefined` if the customer was erased.
 */
export async function catchUp(
  enrollment: Enrollment,
  ports: EnrollmentPorts,
  known?: Customer,
): Promise<Enrollment | undefined> {
  const { customerId, trigger } = enrollment;
  const customer = known ?? (await ports.store.customer(customerId));
  if (isBeforeErasure(customer, trigger.time)) {
    await eraseIfDeleted({ customerId, time: trigger.time }, ports);
    return undefined;
  }
  const versions = await versionsOf(enrollment, ports);
  const activities: Activity[] = [{ kind: "change", revision: changedRevision(customer), time: customer.changedAt }];
  for (const name of awaitedEvents(versions, enrollment))
    for (const event of await ports.store.events(customerId, name, justBefore(startOfSecond(trigger.time))))
      activities.push({ kind: "event", ...event });
  return applyToEnrollment(enrollment, activities.sort(byTime), ports, customer);
}

export const byTime = (a: Activity, b: Activity) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0);
