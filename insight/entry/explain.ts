/**
 * Why a customer did not enter, in sentences. A reason is kept as one word; what made it true is looked up in what is
 * stored now, which may have changed since, and every sentence that looks so says so.
 */
import type { Reason } from "../../lambdas/app/store.ts";
import type { LiveJourney } from "../../lambdas/domain/catalog.ts";
import { type Customer, customerView, isUnsubscribed } from "../../lambdas/domain/customer.ts";
import type { Entry } from "../../lambdas/domain/enrollment.ts";
import { hindrance, MOST_AUTOMATIC, MOST_HOPS, type NotEntered, refusal } from "../../lambdas/domain/entry.ts";
import type { CustomerEvent } from "../../lambdas/domain/event.ts";
import { type Facts, holds } from "../../lambdas/domain/holds.ts";
import type { EntryRule } from "../../lambdas/domain/journey.ts";
import type { Json } from "../../lambdas/domain/json.ts";
import { plus, type Time } from "../../lambdas/domain/time.ts";
import { conditionText, span } from "../words/condition-text.ts";
import { unmet } from "./unmet.ts";

/** What is stored now about a customer and a journey, and about the event in question. */
export interface Stored {
  readonly live: LiveJourney;
  readonly customer: Customer;
  /** The trigger event; absent for a change, or when it is not kept any more. */
  readonly event?: CustomerEvent | undefined;
  readonly key?: Json | undefined;
  readonly entry?: Entry | undefined;
  /** So many enrollments of this key are active. */
  readonly inside: number;
  readonly happened: Facts["happened"];
}

type Explain = (stored: Stored, at: Time) => string;

const explanations: Record<NotEntered, Explain> = {
  "where-false": (stored, at) => conditionSentence("where", "The trigger's condition", stored, at),
  "audience-false": (stored, at) => conditionSentence("audience", "The condition on the audience", stored, at),
  "not-active": ({ live: { journey } }) =>
    journey.status === "active"
      ? "The journey was not active when the event came. It is now."
      : `The journey was not active when the event came, and is ${journey.status} now.`,
  "entry-limit": ({ live, entry }, at) => entrySentence(live.journey.trigger.entry ?? "once", entry, at),
  unsubscribed: ({ customer }) =>
    isUnsubscribed(customer)
      ? `The customer is unsubscribed${customer.times.unsubscribed ? ` since ${customer.times.unsubscribed}` : ""}, and the journey is not for those (“includeUnsubscribed”).`
      : "The customer was unsubscribed when the event came. They are not any more.",
  "exit-holds": exitSentence,
  "duplicate-event": ({ event }) =>
    `This event was handled before${event ? `: the first delivery of ${event.id} is ${event.deliveryId}` : ""}. One event enters a journey at most once, however often it is published.`,
  "automatic-loop": () =>
    `Nobody's doing led here: either more than ${MOST_HOPS} automatic steps in a row, or ${MOST_AUTOMATIC} automatic entries within a day. See which journeys feed each other by events, tags or attributes.`,
};

export function explained({ reason, at }: Pick<Reason, "reason" | "at">, stored: Stored): string {
  return explanations[reason](stored, at);
}

/** What would become of the same event, or of a change, now. */
export function verdictNow(stored: Stored, now: Time): NotEntered | undefined {
  const { live, customer, event, key, entry, inside, happened } = stored;
  const candidate = { now, customer, ...(event && { event: event.data }), key, happened, hops: 0 };
  return refusal(live.journey, candidate) ?? hindrance(live.journey, candidate, { entry, inside });
}

function factsOf({ customer, event, key, happened }: Stored, now: Time): Facts {
  return { now, customer: customerView(customer), event: event?.data, key, happened };
}

function conditionSentence(part: "where" | "audience", what: string, stored: Stored, at: Time): string {
  const { trigger } = stored.live.journey;
  const condition = trigger[part];
  if (!condition) return `${what} did not hold. The journey has been changed since and has none now.`;
  if (trigger.event !== undefined && !stored.event)
    return `${what} did not hold: “${conditionText(condition)}”. The event itself is not stored any more.`;
  const parts = unmet(condition, factsOf(stored, at));
  return parts.length > 0
    ? `${parts.join("; ")} (judged on what is stored now).`
    : `${what} did not hold when the event came. It holds on what is stored now: the customer or the journey has changed since.`;
}

function entrySentence(rule: EntryRule, entry: Entry | undefined, at: Time): string {
  const { count = 0, lastEnteredAt } = entry ?? {};
  const perKey = entry?.key === undefined ? "" : ` with the key ${JSON.stringify(entry.key)}`;
  const past = lastEnteredAt ? `They have entered ${count}×${perKey}, last on ${lastEnteredAt}.` : "";
  if (rule === "always") return `The journey lets everybody in every time now. ${past}`.trim();
  if (rule === "once") return `A customer${perKey ? " and key" : ""} may enter once ever. ${past}`.trim();
  const limits = [
    ...(rule.max !== undefined ? [`at most ${rule.max}× ever`] : []),
    ...(rule.maxConcurrent !== undefined ? [`at most ${rule.maxConcurrent} inside at once`] : []),
    ...(rule.cooldown !== undefined ? [`not within ${span(rule.cooldown)} of the last entry`] : []),
  ].join(", ");
  const until = rule.cooldown && lastEnteredAt ? plus(lastEnteredAt, rule.cooldown) : undefined;
  const again = until && until > at ? ` Again from ${until}.` : "";
  return `A customer${perKey ? " and key" : ""} may enter ${limits}. ${past}${again}`.trim();
}

function exitSentence(stored: Stored, at: Time): string {
  const facts = factsOf(stored, at);
  const rules = (stored.live.journey.exit ?? []).filter(
    ({ event, where }) => event === undefined && where !== undefined && holds(where, facts),
  );
  if (rules.length === 0)
    return "An exit rule held already when the event came. None does now: the customer or the journey has changed since.";
  const named = rules.map(({ id, where }) => `“${id}” (${where ? conditionText(where) : ""})`).join(" and ");
  return `Who would leave at once does not enter: the exit rule ${named} holds on what is stored now.`;
}
