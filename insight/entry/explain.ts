/**
 * Why a customer did not enter, in sentences.
 *
 * The stack stores only the code of a reason. The values behind a reason are looked up in the present data, and may
 * have changed since the decision. Each sentence that depends on such a value says so.
 */
import type { Reason } from "../../lambdas/app/store.ts";
import { evaluate, type Facts } from "../../lambdas/domain/conditions/evaluate.ts";
import { type Customer, customerView, isUnsubscribed } from "../../lambdas/domain/customer/customer.ts";
import { decideEntry, MOST_AUTOMATIC, MOST_HOPS } from "../../lambdas/domain/enrollment/decide-entry.ts";
import type { Entry } from "../../lambdas/domain/enrollment/entry.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import { entryRuleOf } from "../../lambdas/domain/journey/starts.ts";
import type { EntryRule } from "../../lambdas/domain/journey/trigger.ts";
import type { NotEntered } from "../../lambdas/domain/reasons/reason.ts";
import { plus, type Time } from "../../lambdas/domain/time/time.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import { conditionText } from "../words/condition-text.ts";
import { durationText } from "../words/duration-text.ts";
import { unmet } from "./unmet.ts";

/** The data that is stored now about a customer, a journey and a trigger event. */
export interface Stored {
  readonly live: LiveJourney;
  readonly customer: Customer;
  /** The trigger event. Absent when a change of the customer was the trigger, or when the event has expired. */
  readonly event?: CustomerEvent | undefined;
  readonly key?: Json | undefined;
  readonly entry?: Entry | undefined;
  /** The number of active enrollments with this key. */
  readonly inside: number;
  readonly eventTimes: Facts["eventTimes"];
}

type Explain = (stored: Stored, at: Time) => string;

const explanations: Record<NotEntered, Explain> = {
  "where-false": (stored, at) => conditionSentence("where", "The trigger's condition", stored, at),
  "audience-false": (stored, at) => conditionSentence("audience", "The audience's condition", stored, at),
  "not-active": ({ live: { journey } }) =>
    journey.status === "active"
      ? "The journey was not active at that time. It is active now."
      : `The journey was not active at that time. Its status is ${journey.status} now.`,
  "entry-limit": ({ live, entry }, at) => entrySentence(entryRuleOf(live.journey.trigger), entry, at),
  unsubscribed: ({ customer }) =>
    isUnsubscribed(customer)
      ? `The customer ${customer.times.unsubscribed ? "has been" : "is"} unsubscribed${customer.times.unsubscribed ? ` since ${customer.times.unsubscribed}` : ""}. The journey excludes unsubscribed customers (“includeUnsubscribed” is not set).`
      : "The customer was unsubscribed at that time, and is subscribed now.",
  "exit-holds": exitSentence,
  "duplicate-event": ({ event }) =>
    `This event was handled before${event ? `: the first delivery of ${event.id} is ${event.deliveryId}` : ""}. An event enters a journey at most once, however often it is published.`,
  "automatic-loop": () =>
    `Journeys trigger each other without an action of the customer: there were more than ${MOST_HOPS} automatic steps in a row, or ${MOST_AUTOMATIC} automatic entries within a day. Find the journeys that trigger each other by events, tags or attributes.`,
};

export function explain({ reason, at }: Pick<Reason, "reason" | "at">, stored: Stored): string {
  return explanations[reason](stored, at);
}

/**
 * The reason for which the same event, or a change, would not let the customer enter now; `undefined`: the customer
 * would enter.
 */
export function verdictNow(stored: Stored, now: Time): NotEntered | undefined {
  const { live, customer, event, key, entry, inside, eventTimes } = stored;
  const candidate = { now, customer, ...(event && { event: event.data }), key, eventTimes, hops: 0 };
  const decided = decideEntry(live.journey, candidate, { customer, entry, inside });
  return decided.kind === "refused" ? decided.reason : undefined;
}

function factsOf({ live, customer, event, key, eventTimes }: Stored, now: Time): Facts {
  const { timezone } = live.journey;
  return { now, customer: customerView(customer), event: event?.data, key, eventTimes, timezone };
}

function conditionSentence(part: "where" | "audience", name: string, stored: Stored, at: Time): string {
  const { trigger } = stored.live.journey;
  const condition = trigger[part];
  if (!condition) return `${name} was not met. The journey has changed since and has no such condition now.`;
  // The audience depends on the customer alone, and a customer of an audience run has no event.
  if (part === "where" && trigger.event !== undefined && !stored.event)
    return `${name} was not met: “${conditionText(condition)}”. The event is not stored any more.`;
  const parts = unmet(condition, factsOf(stored, at));
  return parts.length > 0
    ? `${parts.join("; ")} (by the data that is stored now).`
    : `${name} was not met at that time. By the data that is stored now, the condition is met: the customer or the journey has changed since.`;
}

function entrySentence(rule: EntryRule, entry: Entry | undefined, at: Time): string {
  const { count = 0, lastEnteredAt } = entry ?? {};
  const perKey = entry?.key === undefined ? "" : ` with the key ${JSON.stringify(entry.key)}`;
  const past = lastEnteredAt ? `The customer has entered ${count}×${perKey}, last on ${lastEnteredAt}.` : "";
  if (rule === "always") return `The journey has no entry limit now. ${past}`.trim();
  const who = `A customer${perKey ? " and key" : ""}`;
  if (rule === "once") return `${who} may enter only once. ${past}`.trim();
  const limits = [
    ...(rule.max !== undefined ? [`at most ${rule.max}× in total`] : []),
    ...(rule.maxConcurrent !== undefined ? [`with at most ${rule.maxConcurrent} active at a time`] : []),
    ...(rule.cooldown !== undefined ? [`not within ${durationText(rule.cooldown)} of the last entry`] : []),
  ].join(", ");
  const until = rule.cooldown && lastEnteredAt ? plus(lastEnteredAt, rule.cooldown) : undefined;
  const next = until && until > at ? ` The next entry is possible from ${until}.` : "";
  return `${who} may enter ${limits}. ${past}${next}`.trim();
}

function exitSentence(stored: Stored, at: Time): string {
  const facts = { ...factsOf(stored, at), enrollmentEvent: stored.event?.data };
  const rules = (stored.live.journey.exit ?? []).filter(
    ({ event, where }) => event === undefined && where !== undefined && evaluate(where, facts),
  );
  if (rules.length === 0)
    return "An exit rule was already met at that time. No exit rule is met now: the customer or the journey has changed since.";
  const names = rules.map(({ id, where }) => `“${id}” (${where ? conditionText(where) : ""})`).join(" and ");
  return `A customer who meets an exit rule does not enter. By the data that is stored now, the customer meets ${names}.`;
}
