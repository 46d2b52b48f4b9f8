/** What became of a customer at a journey's door: each time they entered or did not, in order of time. */

import type { CustomerRecord } from "../../cli/deployed/customer-record.ts";
import type { LiveJourney } from "../../lambdas/domain/catalog.ts";
import { customerView, unknownCustomer } from "../../lambdas/domain/customer.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment.ts";
import { keyOf, type NotEntered } from "../../lambdas/domain/entry.ts";
import { type Json, own, same } from "../../lambdas/domain/json.ts";
import type { Time } from "../../lambdas/domain/time.ts";
import { explained, type Stored, verdictNow } from "./explain.ts";
import { unmet } from "./unmet.ts";

export type Occasion =
  | {
      readonly entered: true;
      readonly at: Time;
      readonly event?: string;
      readonly eventId: string;
      readonly key?: Json;
      readonly version: number;
      readonly status: Enrollment["status"];
      readonly reason?: string;
    }
  | {
      readonly entered: false;
      readonly at: Time;
      readonly event?: string;
      readonly eventId: string;
      readonly key?: Json;
      readonly reason: NotEntered;
      /** The reason in a sentence. */
      readonly because: string;
    };

export interface Answer {
  readonly occasions: readonly Occasion[];
  /** Trigger events that are stored and left neither an enrollment nor a reason. */
  readonly unanswered: readonly { readonly at: Time; readonly eventId: string }[];
  /** What would become of the newest trigger event, or of a change, now; with the reason in a sentence. */
  readonly now: { readonly enters: boolean; readonly reason?: NotEntered; readonly because?: string };
}

export function answerOf(record: CustomerRecord, live: LiveJourney, now: Time): Answer {
  const { journey } = live;
  const enrollments = record.enrollments.filter(({ journeyId }) => journeyId === journey.id);
  const reasons = record.reasons.filter(({ journeyId }) => journeyId === journey.id);
  const stored = (eventId: string | undefined, key: Json | undefined): Stored => ({
    live,
    customer: record.profile ?? unknownCustomer(record.customerId),
    event: record.events.find(({ id }) => id === eventId),
    key,
    entry: record.entries.find((entry) => entry.journeyId === journey.id && same(entry.key, key)),
    inside: enrollments.filter((each) => each.status === "active" && same(each.key, key)).length,
    happened: happenedIn(record),
  });
  const occasions: Occasion[] = [
    ...enrollments.map(
      ({ enteredAt, trigger, key, journeyVersion, status, reason }): Occasion => ({
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
      ({ at, event, eventId, key, reason }): Occasion => ({
        entered: false,
        at,
        ...(event !== undefined && { event }),
        eventId,
        ...(key !== undefined && { key }),
        reason,
        because: explained({ reason, at }, stored(eventId, key)),
      }),
    ),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  const answered = new Set(occasions.map(({ eventId }) => eventId));
  const { event: name, key: keyPath } = journey.trigger;
  const triggers = record.events.filter((event) => event.name === name);
  const newest = triggers.at(-1);
  return {
    occasions,
    unanswered: triggers.filter(({ id }) => !answered.has(id)).map(({ time, id }) => ({ at: time, eventId: id })),
    now: judgedNow(stored(newest?.id, keyOf(keyPath, newest?.data)), now),
  };
}

function judgedNow(stored: Stored, now: Time): Answer["now"] {
  const { trigger } = stored.live.journey;
  if (trigger.event !== undefined && !stored.event) {
    // No event to judge: what concerns the customer alone can be told all the same.
    const facts = { now, customer: customerView(stored.customer), happened: stored.happened };
    const parts = trigger.audience ? unmet(trigger.audience, facts) : [];
    return { enters: false, ...(parts.length > 0 && { reason: "audience-false", because: `${parts.join("; ")}.` }) };
  }
  const reason = verdictNow(stored, now);
  return reason === undefined
    ? { enters: true }
    : { enters: false, reason, because: explained({ reason, at: now }, stored) };
}

function happenedIn({ events }: CustomerRecord): Stored["happened"] {
  const happened: Record<string, Time[]> = {};
  for (const { name, time } of events) happened[name] = [...(own(happened, name) ?? []), time];
  return happened;
}
