/** Something happened to a customer: what it means for each of their enrollments is decided, stored and acted upon. */
import { type Customer, customerView, isBeforeErasure } from "../../domain/customer/customer.ts";
import {
  type Activity,
  applyActivity,
  awaitedEvents,
  awaitsChange,
  goalDeadline,
  isSignalled,
} from "../../domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import { justBefore, type Time } from "../../domain/time/time.ts";
import { own } from "../../domain/values/json.ts";
import { ThrottledError } from "../errors.ts";
import type { EnrollmentPorts, Ports, Signals } from "../ports.ts";
import { updateEnrollment } from "../update-enrollment.ts";
import { type EnrollmentVersions, versionsOf } from "../versions.ts";
import { eraseIfDeleted } from "./delete-customer.ts";
import { stopExecution } from "./exit-enrollment.ts";

/** Each enrollment has its turn, then the first failure is told: it comes again for the one that cannot be judged. */
export async function applyToEnrollments(
  customerId: string,
  happening: Activity,
  ports: EnrollmentPorts,
): Promise<void> {
  const failures: unknown[] = [];
  for (const enrollment of await ports.store.enrollments(customerId))
    await applyToEnrollment(enrollment, [happening], ports).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** The enrollment as it is afterwards. */
async function applyToEnrollment(
  enrollment: Enrollment,
  happenings: readonly Activity[],
  ports: EnrollmentPorts,
  known?: Customer,
): Promise<Enrollment | undefined> {
  const now = ports.clock.now();
  const versions = await versionsOf(enrollment, ports);
  // Perhaps this was done before, and the call that noted the exit died before it stopped the execution.
  if (enrollment.status === "exited" && happenings.some((happening) => mayHaveEnded(happening, versions, enrollment)))
    await stopExecution(enrollment, ports);
  if (enrollment.status !== "active" && !happenings.some(({ time }) => goalsOpen(enrollment, versions.live, time)))
    return enrollment;
  if (!happenings.some((happening) => isRelevant(happening, versions, enrollment))) {
    // Perhaps this has happened before, and the call that noted it died before it acted.
    return wakeOrStop(enrollment, enrollment, versions.entered, ports);
  }
  const customer = customerView(known ?? (await ports.store.customer(enrollment.customerId)));
  const judged = await updateEnrollment(
    enrollment,
    ports,
    (stored) =>
      happenings.reduce((state, happening) => applyActivity(state, versions, happening, customer, now), stored),
    enrollment,
  );
  return judged && wakeOrStop(enrollment, judged, versions.entered, ports);
}

/** Whether any rule listens for such a thing. An exit, goal or branch without event listens for changes. */
function isRelevant(happening: Activity, versions: EnrollmentVersions, enrollment: Enrollment): boolean {
  return happening.kind === "event"
    ? awaitedEvents(versions, enrollment).has(happening.name)
    : awaitsChange(versions, enrollment);
}

/**
 * Wakes or stops the execution. Done again when a delivery is repeated: the first may have died before it. A throttled
 * signal does not fail the stream record, whose few retries would follow at once: the enrollment is due in five minutes,
 * and the reconciler sends the signal again.
 */
export async function wakeOrStop(
  before: Enrollment | undefined,
  after: Enrollment,
  entered: Journey,
  ports: Pick<Ports, "clock" | "store" | "executions">,
): Promise<Enrollment | undefined> {
  if (after.status === "active")
    await wake(after, entered, ports).catch((error: unknown) => {
      if (!(error instanceof ThrottledError)) throw error;
    });
  return after.status !== "active" && before?.status === "active" ? stopExecution(after, ports) : after;
}

/** Ends the wait of a customer's execution when the signal has come. */
export async function wake(
  enrollment: Enrollment,
  entered: Journey,
  { executions }: { readonly executions: Signals },
): Promise<void> {
  const { token } = enrollment.position.waiting ?? {};
  if (enrollment.status === "active" && token !== undefined && isSignalled(enrollment, entered))
    await executions.signal(token);
}

/**
 * Whether it is such a thing, from before the end, as the exit that was taken listens for. What one listened for that an
 * edit has removed, nobody knows: anything may have been it, and to stop what has stopped does no harm.
 */
function mayHaveEnded(happening: Activity, { live }: EnrollmentVersions, enrollment: Enrollment): boolean {
  const { trigger, enteredAt, endedAt = enteredAt, reason } = enrollment;
  const taken = live.exit?.find(({ id }) => id === reason);
  const heard = happening.kind === "event" ? happening.name : undefined;
  if (happening.time < trigger.time || happening.time > endedAt) return false;
  return taken === undefined || taken.event === heard;
}

/** Goals go by when it happened, however late it is delivered. */
function goalsOpen(enrollment: Enrollment, live: Journey, time: Time): boolean {
  return (live.goals ?? []).some(
    (goal) => own(enrollment.goals, goal.id) === undefined && time <= goalDeadline(goal, enrollment),
  );
}

/**
 * Looks at what happened after the trigger but was handled before the enrollment was there to see it. Whoever writes
 * second reads what the first has written. `known`: the customer, when they cannot have changed since it was written.
 * The answer is the enrollment as it is afterwards; `undefined` when it was read too long ago to say.
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
  const happenings: Activity[] = [{ kind: "change", revision: customer.revision, time: customer.changedAt }];
  for (const name of awaitedEvents(versions, enrollment))
    for (const event of await ports.store.events(customerId, name, justBefore(trigger.time)))
      happenings.push({ kind: "event", ...event });
  happenings.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return applyToEnrollment(enrollment, happenings, ports, customer);
}
