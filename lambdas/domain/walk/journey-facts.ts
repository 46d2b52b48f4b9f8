/** The facts that decisions about components read, and the two views of them: for conditions and for time zones. */

import type { Facts } from "../conditions/evaluate.ts";
import type { Hold } from "../counters/breaker.ts";
import type { AddressFacts } from "../customer/address-facts.ts";
import { type Customer, customerView } from "../customer/customer.ts";
import type { Message } from "../enrollment/enrollment.ts";
import type { ActivityEvent } from "../enrollment/met-branch.ts";
import type { Journey, Sender } from "../journey/journey.ts";
import type { Limits } from "../messages/limits.ts";
import type { ComposedTemplate } from "../messages/render.ts";
import type { Send } from "../messages/send-log.ts";
import type { Time } from "../time/time.ts";
import { isTimezone } from "../time/time-zone.ts";
import type { Json, JsonObject } from "../values/json.ts";

/** Everything that a component may read besides the journey. The app layer fetches only what the component needs. */
export interface JourneyFacts {
  readonly customer: Customer;
  /** The trigger event's data, as it was at entry. */
  readonly event?: JsonObject | undefined;
  readonly key?: Json | undefined;
  readonly unusableKey?: true | undefined;
  /** The journey's time zone. */
  readonly timezone?: string | undefined;
  /** The newest message of each component that sent one. */
  readonly messages: Readonly<Record<string, Message>>;
  /** The times of the customer's events, by event name: for conditions that count events. */
  readonly eventTimes?: Facts["eventTimes"];
  /** The events that a `waitFor` counts: all events since the customer left their last wait. */
  readonly activities?: readonly ActivityEvent[];
  readonly template?: ComposedTemplate | undefined;
  /** What is known of the address to which the message would go. */
  readonly address?: AddressFacts | undefined;
  /** The stack's sender, for journeys without a sender of their own. */
  readonly sender?: Sender | undefined;
  /** The page on which this customer unsubscribes. */
  readonly unsubscribeUrl?: string | undefined;
  /** Why the journey's circuit breaker is open; absent when it is closed. */
  readonly held?: Hold | undefined;
  /** The present limits: the live journey's own, else the stack's. */
  readonly limits?: Limits | undefined;
  /** The other messages that the customer was sent. */
  readonly sends?: readonly Send[] | undefined;
  /** When the customer began to wait here. */
  readonly reachedAt?: Time | undefined;
  /** Whether the customer has left this component before without any wait since: an endless loop. */
  readonly loopedWithoutWait?: boolean;
}

/** The facts that conditions read. */
export function conditionFacts(facts: JourneyFacts, now: Time): Facts {
  const { customer, event, key, unusableKey, timezone, messages, eventTimes } = facts;
  return {
    now,
    customer: customerView(customer),
    event,
    enrollmentEvent: event,
    key,
    unusableKey,
    timezone,
    messages: Object.fromEntries(Object.entries(messages).map(([id, { statuses }]) => [id, statuses])),
    eventTimes,
  };
}

/** The zone that the document asks for, else the customer's, else the journey's, else UTC. */
export function zoneOf(asked: string | undefined, facts: Pick<JourneyFacts, "customer">, journey: Journey): string {
  return asked ?? ownZone(facts) ?? journey.timezone ?? "UTC";
}

/** The zone that the customer has; `undefined` when none is known. */
export function ownZone({ customer }: Pick<JourneyFacts, "customer">): string | undefined {
  const { timezone } = customer.attributes;
  return typeof timezone === "string" && isTimezone(timezone) ? timezone : undefined;
}
