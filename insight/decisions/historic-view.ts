/**
 * The view that a decision had: the customer's record, limited to what was stored at the time of the decision.
 *
 * Events never change, and statuses have times, so both can be limited exactly. Attributes have only the time of their
 * last change: the view holds their values of today, and `evidence.ts` says which of them have changed since.
 */

import type { Facts } from "../../lambdas/domain/conditions/evaluate.ts";
import { type Customer, customerView, unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { isTriggeredBy } from "../../lambdas/domain/enrollment/apply-activity.ts";
import type { Enrollment, Message } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { CustomerRecord } from "../customer/record.ts";

export interface HistoricView {
  readonly at: Time;
  readonly customer: Customer;
  readonly enrollment: Enrollment;
  /** In the condition of a branch: the data of the event that met the branch. */
  readonly ruleEvent?: JsonObject;
  /** All stored events, also events after the decision. */
  readonly events: readonly CustomerEvent[];
  /** When a message of any journey was sent to the customer before `at`; the newest last. */
  readonly sent: readonly Time[];
  /** Events from this time on are still stored; older ones may have expired. */
  readonly keptSince: Time;
  /** Attributes that the journey itself set after the decision, possibly in the same millisecond. */
  readonly setLater: ReadonlySet<string>;
}

export function viewAt(
  at: Time,
  enrollment: Enrollment,
  { profile, customerId, events, enrollments }: CustomerRecord,
  more: Pick<HistoricView, "keptSince" | "setLater">,
): HistoricView {
  const sent = enrollments
    .flatMap(({ messages }) => messages)
    .filter(({ state, claimedAt }) => state !== "skipped" && state !== "failed" && claimedAt < at)
    .map(({ claimedAt }) => claimedAt)
    .sort();
  return { at, customer: profile ?? unknownCustomer(customerId), enrollment, events, sent, ...more };
}

/** Whether an event started the enrollment, and not a change of the customer. */
export const startedByEvent = ({ enrollment: { trigger } }: HistoricView) => trigger.name !== undefined;

/** When the events of this name happened, up to the time of the view. */
export const timesOf = (name: string, { events, at }: HistoricView): Time[] =>
  events.filter((event) => event.name === name && event.time <= at).map(({ time }) => time);

/** The newest message of each component at the time of the view. */
export function messagesIn({ enrollment, at }: HistoricView): Record<string, Message> {
  const claimed = enrollment.messages.filter(({ claimedAt }) => claimedAt <= at);
  return Object.fromEntries(claimed.map((message) => [message.componentId, message]));
}

/** The facts for conditions, as far as the view has them. */
export function factsIn(view: HistoricView): Facts {
  const { at, customer, enrollment, events } = view;
  const { trigger, key } = enrollment;
  const statusesByThen = (message: Message) =>
    Object.fromEntries(Object.entries(message.statuses).filter(([, time]) => time <= at));
  const enrollmentEvent = startedByEvent(view)
    ? events.find((event) => isTriggeredBy(trigger, event))?.data
    : undefined;
  return {
    now: at,
    customer: customerView(customer),
    event: view.ruleEvent ?? enrollmentEvent,
    enrollmentEvent,
    key,
    unusableKey: enrollment.unusableKey,
    messages: Object.fromEntries(
      Object.entries(messagesIn(view)).map(([id, message]) => [id, statusesByThen(message)]),
    ),
    eventTimes: Object.fromEntries(events.map(({ name }) => [name, timesOf(name, view)])),
  };
}
