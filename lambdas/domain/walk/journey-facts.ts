/** What the components of a journey may look at. */

import type { Facts } from "../conditions/evaluate.ts";
import type { Hold } from "../counters/breaker.ts";
import { type Customer, customerView } from "../customer/customer.ts";
import type { Activity } from "../enrollment/apply-activity.ts";
import type { Message } from "../enrollment/enrollment.ts";
import type { Journey, Sender } from "../journey/journey.ts";
import type { Limits } from "../messages/limits.ts";
import type { Send } from "../messages/send-log.ts";
import type { Template } from "../messages/template.ts";
import type { Time } from "../time/time.ts";
import { isTimezone } from "../time/time-zone.ts";
import type { Json, JsonObject } from "../values/json.ts";

/** What a component may look at, besides the journey. The edge fetches what the component needs. */
export interface JourneyFacts {
  readonly customer: Customer;
  /** The trigger event's data, as it was. */
  readonly event?: JsonObject | undefined;
  readonly key?: Json | undefined;
  readonly unusableKey?: true;
  /** The newest message of each component that sent one. */
  readonly messages: Readonly<Record<string, Message>>;
  /** When the customer did what: for conditions that count. */
  readonly eventTimes?: Facts["eventTimes"];
  /** What happened since the customer last rested: for `waitFor`. In order of time. */
  readonly activities?: readonly Activity[];
  readonly template?: Template | undefined;
  /** The stack's sender, for journeys that name none. */
  readonly sender?: Sender | undefined;
  /** Where this customer unsubscribes. */
  readonly unsubscribeUrl?: string | undefined;
  /** Why the journey's marketing is held. */
  readonly held?: Hold | undefined;
  /** The journey's and the stack's limits, as they are now. */
  readonly limits?: Limits | undefined;
  /** What else the customer was sent. */
  readonly sends?: readonly Send[] | undefined;
  /** Since when the customer has been resting here. */
  readonly reachedAt?: Time | undefined;
  /** Whether the component was left before without any time having passed: a loop that would not rest. */
  readonly loopedWithoutWait?: boolean;
}

/** What conditions may look at. */
export function conditionFacts(facts: JourneyFacts, now: Time): Facts {
  const { customer, event, key, messages, eventTimes: happened } = facts;
  return {
    now,
    customer: customerView(customer),
    event,
    key,
    messages: Object.fromEntries(Object.entries(messages).map(([id, { statuses }]) => [id, statuses])),
    eventTimes: happened,
  };
}

/** The zone: what is asked for, else the customer's, else the journey's, else UTC. */
export function zoneOf(
  asked: string | undefined,
  { customer }: Pick<JourneyFacts, "customer">,
  journey: Journey,
): string {
  const { timezone } = customer.attributes;
  return asked ?? (typeof timezone === "string" && isTimezone(timezone) ? timezone : (journey.timezone ?? "UTC"));
}
