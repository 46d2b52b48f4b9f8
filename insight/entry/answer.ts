/** Why did a customer enter a journey, or not: each entry attempt in order of time, and what would happen now. */

import { customerView, unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { keyOf } from "../../lambdas/domain/enrollment/key.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import type { NotEntered } from "../../lambdas/domain/reasons/reason.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import { type Json, own, same } from "../../lambdas/domain/values/json.ts";
import type { CustomerRecord } from "../customer/record.ts";
import { explain, type Stored, verdictNow } from "./explain.ts";
import { unmet } from "./unmet.ts";

interface Attempt {
  readonly at: Time;
  readonly event?: string;
  readonly eventId: string;
  readonly key?: Json;
}

export type EntryAttempt =
  | (Attempt & {
      readonly entered: true;
      readonly version: number;
      readonly status: Enrollment["status"];
      readonly reason?: string;
    })
  | (Attempt & {
      readonly entered: false;
      readonly reason: NotEntered;
      /** The reason in a sentence. */
      readonly because: string;
    });

export interface Answer {
  /** Every attempt, in order of time. */
  readonly attempts: readonly EntryAttempt[];
  /** Stored trigger events that left neither an enrollment nor a reason. */
  readonly unanswered: readonly { readonly at: Time; readonly eventId: string }[];
  /** Whether the newest trigger event, or a change of the customer, would let the customer enter now. */
  readonly now: { readonly enters: boolean; readonly reason?: NotEntered; readonly because?: string };
}

export function answerOf(record: CustomerRecord, live: LiveJourney, now: Time): Answer {
  const { journey } = live;
  const enrollments = record.enrollments.filter(({ journeyId }) => journeyId === journey.id);
  const reasons = record.reasons.filter(({ journeyId }) => journeyId === journey.id);
  const stored = (event: CustomerEvent | undefined, key: Json | undefined): Stored => ({
    live,
    customer: record.profile ?? unknownCustomer(record.customerId),
    event,
    key,
    entry: record.entries.find((entry) => entry.journeyId === journey.id && same(entry.key, key)),
    inside: enrollments.filter((each) => each.status === "active" && same(each.key, key)).length,
    eventTimes: eventTimesOf(record),
  });
  const attempts: EntryAttempt[] = [
    ...enrollments.map(
      ({ enteredAt, trigger, key, journeyVersion, status, reason }): EntryAttempt => ({
        entered: true,
        at: enteredAt,
        ...(trigger.name !== undefined && { event: trigger.name }),
        eventId: trigger.eventId,
        ...(key !== undefined && { key }),
        version: journeyVersion,
        status,
        ...(reason !== undefined && { reason }),
      }),
    ),
    ...reasons.map(
      ({ at, event, eventId, key, reason }): EntryAttempt => ({
        entered: false,
        at,
        ...(event !== undefined && { event }),
        eventId,
        ...(key !== undefined && { key }),
        reason,
        because: explain(
          { reason, at },
          stored(
            record.events.find((each) => each.id === eventId && each.name === event),
            key,
          ),
        ),
      }),
    ),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  const { event: name, key: keyPath } = journey.trigger;
  const answered = new Set(attempts.flatMap(({ event, eventId }) => (event === name ? [eventId] : [])));
  const triggers = record.events.filter((event) => event.name === name);
  const newest = triggers.at(-1);
  return {
    attempts,
    unanswered: triggers.filter(({ id }) => !answered.has(id)).map(({ time, id }) => ({ at: time, eventId: id })),
    now: answerNow(stored(newest, keyOf(keyPath, newest?.data).key), now),
  };
}

function answerNow(stored: Stored, now: Time): Answer["now"] {
  const { trigger } = stored.live.journey;
  if (trigger.event !== undefined && !stored.event) {
    // No trigger event is stored. The audience depends on the customer alone, so it can be evaluated all the same.
    const facts = { now, customer: customerView(stored.customer), eventTimes: stored.eventTimes };
    const parts = trigger.audience ? unmet(trigger.audience, facts) : [];
    return { enters: false, ...(parts.length > 0 && { reason: "audience-false", because: `${parts.join("; ")}.` }) };
  }
  const reason = verdictNow(stored, now);
  return reason === undefined
    ? { enters: true }
    : { enters: false, reason, because: explain({ reason, at: now }, stored) };
}

function eventTimesOf({ events }: CustomerRecord): Stored["eventTimes"] {
  const eventTimes: Record<string, Time[]> = {};
  for (const { name, time } of events) eventTimes[name] = [...(own(eventTimes, name) ?? []), time];
  return eventTimes;
}
