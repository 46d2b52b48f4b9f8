/** The laws that must hold when the faults have stopped, the reconciler has run and no caller is at work. */

import { evaluate } from "../../lambdas/domain/conditions/evaluate.ts";
import { addCounts, type Counts, countsOf } from "../../lambdas/domain/counters/counts.ts";
import { customerView } from "../../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import { isSystemEvent } from "../../lambdas/domain/events/system-events.ts";
import { goalDeadline } from "../../lambdas/domain/journey/goal-deadline.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { runEventId } from "../../lambdas/domain/schedule/audience-run.ts";
import { plus } from "../../lambdas/domain/time/time.ts";
import { canonical } from "../../lambdas/domain/values/json.ts";
import { editLaws } from "./edit-laws.ts";
import { heldLaws, isParked } from "./held-laws.ts";
import { met } from "./met.ts";
import { migrationLaws } from "./migration-laws.ts";
import { runLaws } from "./run-laws.ts";
import { textLaws } from "./texts/text-laws.ts";
import type { FaultWorld } from "./world.ts";

type Law = (world: FaultWorld) => Iterable<string> | AsyncIterable<string>;

export const settledLaws: Readonly<Record<string, Law>> = {
  *"no caller throws an unexpected error"({ deliveries }) {
    for (const error of deliveries.unexpected) yield `${error.stack}`;
  },

  *"no delivery is given up that AWS only throttled"({ deliveries }) {
    if (deliveries.givenUp > 0) yield `${deliveries.givenUp} deliveries`;
  },

  ...heldLaws,
  ...runLaws,
  ...editLaws,
  ...migrationLaws,
  ...textLaws,

  *"nobody is stuck"(world) {
    const { store, scheduler, executions } = world;
    const walked = executions.walked();
    // A wait that starts at the second attempt ends a little later, and the reconciler runs every three hours here.
    const long = (moment: string) => plus(moment, "PT4H") <= scheduler.now();
    for (const enrollment of all(store.all())) {
      const { enrollmentId, enteredAt, status, reason, position, dueAt = enteredAt } = enrollment;
      if (status === "failed" && reason !== "endless-loop") yield `${enrollmentId} failed: ${reason}`;
      if (status !== "active" || isParked(enrollment, world)) continue;
      if (long(position.waiting?.until ?? enteredAt)) yield `${enrollmentId} waits: ${JSON.stringify(position)}`;
      if (!walked.has(enrollmentId) && long(dueAt))
        yield `${enrollmentId} has no execution: ${JSON.stringify(position)}`;
    }
  },

  *"counters equal the recount"({ store }) {
    const counted: Record<string, Counts> = {};
    for (const enrollment of all(store.all()))
      counted[enrollment.journeyId] = addCounts(counted[enrollment.journeyId] ?? {}, countsOf(enrollment));
    for (const [journeyId, counts] of store.counts) {
      const erased = Object.entries(counts).flatMap(([name, count]) =>
        name.startsWith("erased.") ? [[name.slice("erased.".length), count] as const] : [],
      );
      const kept = Object.entries(counts).filter(([name, count]) => !name.startsWith("erased.") && count !== 0);
      const wanted = addCounts(counted[journeyId] ?? {}, Object.fromEntries(erased));
      const [found, expected] = [kept, Object.entries(wanted)].map((entries) => canonical(Object.fromEntries(entries)));
      if (found !== expected) yield `${journeyId}: ${found}, not ${expected}`;
    }
  },

  *"no active enrollment has met an exit, and every goal is counted"(world) {
    for (const { customer, enrollments, events } of world.store.all())
      for (const enrollment of enrollments.values()) {
        const journey = unedited(world, enrollment.journeyId);
        if (!journey) continue;
        const view = customerView(customer);
        const known = { now: world.scheduler.now(), customer: view, key: enrollment.key };
        for (const rule of enrollment.status === "active" ? (journey.exit ?? []) : []) {
          if (met(rule, enrollment, events.values())) yield `${enrollment.enrollmentId} met ${rule.id} and is inside`;
          const changed = customer.revision > enrollment.trigger.customerRevision;
          if (rule.event === undefined && rule.where && changed && evaluate(rule.where, known))
            yield `${enrollment.enrollmentId} holds ${rule.id} and is inside`;
        }
        for (const goal of journey.goals ?? []) {
          const last = goalDeadline(goal, enrollment);
          const inTime = [...events.values()].filter(({ time }) => time <= last);
          if (met(goal, enrollment, inTime) && enrollment.goals[goal.id] === undefined)
            yield `${enrollment.enrollmentId} reached ${goal.id} and it is not counted`;
        }
      }
  },

  async *"every event is stored, and leads to an entry or a reason"(world) {
    for (const event of world.ledger.events) {
      if (isSystemEvent(event.name)) continue;
      const { deletedAt } = await world.store.customer(event.customerId);
      const first = world.ledger.events.find(
        ({ id, customerId }) => id === event.id && customerId === event.customerId,
      );
      if (
        first?.name !== event.name ||
        (deletedAt !== undefined && times(world, event).some((time) => time <= deletedAt))
      )
        continue;
      if (!(await world.store.event(event.customerId, event.id))) yield `${event.id} of ${event.customerId} is lost`;
      const partition = [...world.store.all()].find(({ customer }) => customer.customerId === event.customerId);
      for (const { journey } of world.journeys.all()) {
        if (!unedited(world, journey.id) || isBorn(world, journey.id)) continue;
        if (journey.trigger.event !== event.name) continue;
        const entered = [...(partition?.enrollments.values() ?? [])].some(
          ({ journeyId, trigger }) => journeyId === journey.id && trigger.eventId === event.id,
        );
        const reason = [...(partition?.reasons.values() ?? [])].some(
          ({ journeyId, eventId }) => journeyId === journey.id && eventId === event.id,
        );
        if (!entered && !reason) yield `${event.id} neither entered ${journey.id} nor left a reason`;
      }
    }
  },

  *"an erased customer leaves no data"({ store, ledger, runs }) {
    for (const { customer, enrollments, events, entries, reasons } of store.all()) {
      const { customerId, deletedAt = "", times } = customer;
      const asked = ledger.events.filter(
        (event) => event.name === "customer.deleted" && event.customerId === customerId,
      );
      for (const { time } of asked) if (time > deletedAt) yield `${customerId} is not erased`;
      if (deletedAt === "") continue;
      for (const [name, time] of Object.entries(times)) if (time <= deletedAt) yield `${customerId}: attribute ${name}`;
      for (const { trigger } of enrollments.values())
        if (trigger.time <= deletedAt) yield `${customerId}: an enrollment from before`;
      for (const { id, time } of events.values()) if (time <= deletedAt) yield `${customerId}: event ${id}`;
      const young = new Set([
        ...ledger.events.flatMap(({ id, customerId: of, time }) => (of === customerId && time > deletedAt ? [id] : [])),
        ...[...runs.runs.records.values()].flatMap(({ runId, startedAt }) =>
          startedAt > deletedAt ? [runEventId(runId)] : [],
        ),
      ]);
      for (const { eventId } of reasons.values()) if (!young.has(eventId)) yield `${customerId}: reason of ${eventId}`;
      if (entries.size > 0 && young.size === 0) yield `${customerId}: an entry from before`;
    }
  },
};

function* all(partitions: ReturnType<FaultWorld["store"]["all"]>): Iterable<Enrollment> {
  for (const { enrollments } of partitions) yield* enrollments.values();
}

/** The times of an event: an app may publish the same event with two times. */
function times({ ledger }: FaultWorld, { id, customerId }: CustomerEvent): string[] {
  return ledger.events.filter((event) => event.id === id && event.customerId === customerId).map(({ time }) => time);
}

/** A journey whose rules never changed. */
function unedited(world: FaultWorld, journeyId: string): Journey | undefined {
  const edits = world.life.scenario.edits?.filter(({ journey }) => journey?.id === journeyId) ?? [];
  if (edits.length > (isBorn(world, journeyId) ? 1 : 0)) return undefined;
  return [...world.journeys.all()].find(({ journey }) => journey.id === journeyId)?.journey;
}

/** Whether a journey was published later than the start of the scenario. */
function isBorn({ life }: FaultWorld, journeyId: string): boolean {
  return life.scenario.journeys?.some(({ id }) => id === journeyId) !== true;
}
