/** Decides whether a customer enters a journey, and gives the reason if not. */

import { evaluate, type Facts } from "../conditions/evaluate.ts";
import type { Customer } from "../customer/customer.ts";
import { customerView, isUnsubscribed } from "../customer/customer.ts";
import type { Journey } from "../journey/journey.ts";
import { entryRuleOf } from "../journey/starts.ts";
import type { EntryRule } from "../journey/trigger.ts";
import type { NotEntered } from "../reasons/reason.ts";
import { plus, type Time } from "../time/time.ts";
import type { JsonObject } from "../values/json.ts";
import type { Entry } from "./entry.ts";
import type { EnrollmentKey } from "./key.ts";

/** The most automatic steps in a row that may lead into a journey: journeys that trigger each other would never stop. */
export const MOST_HOPS = 8;

/**
 * The most automatic entries of one customer (and key) into one journey in one day. If each entry leads to three more,
 * eight steps in a row would be thousands of entries.
 */
export const MOST_AUTOMATIC = 20;

export interface Candidate extends EnrollmentKey {
  readonly now: Time;
  readonly customer: Customer;
  /** The trigger event's data; absent if a change of the customer is the trigger. */
  readonly event?: JsonObject;
  readonly eventTimes?: Facts["eventTimes"];
  readonly hops: number;
  /**
   * Whether an audience run considers the customer. Without an event, the condition on the trigger's event does not
   * apply.
   */
  readonly byRun?: true;
}

/**
 * The earlier entries of this customer and key, and how many of their enrollments are active. `customer` is the customer
 * when the enrollment is written, which may be later than the event was handled.
 */
export interface Past {
  readonly customer: Customer;
  readonly entry: Pick<Entry, "count" | "lastEnteredAt" | "automatic"> | undefined;
  readonly inside: number;
}

export type EntryDecision = { readonly kind: "enters" } | { readonly kind: "refused"; readonly reason: NotEntered };

/**
 * Whether the customer enters. Without `past` only the trigger decides: it refuses most events, and then no other item
 * need be read.
 */
export function decideEntry(journey: Journey, candidate: Candidate, past?: Past): EntryDecision {
  const reason = triggerRefuses(journey, candidate) ?? (past && pastRefuses(journey, candidate, past));
  return reason === undefined ? { kind: "enters" } : { kind: "refused", reason };
}

function triggerRefuses(journey: Journey, candidate: Candidate): NotEntered | undefined {
  const { trigger } = journey;
  const facts = candidateFacts(candidate, journey);
  const whereApplies = !candidate.byRun || candidate.event !== undefined || trigger.event === undefined;
  if (trigger.where && whereApplies && !evaluate(trigger.where, facts)) return "where-false";
  if (trigger.audience && !evaluate(trigger.audience, facts)) return "audience-false";
  if (journey.status !== "active") return "not-active";
  return undefined;
}

function pastRefuses(journey: Journey, candidate: Candidate, past: Past): NotEntered | undefined {
  const { customer } = past;
  if (!entryAllows(entryRuleOf(journey.trigger), past, candidate.now)) return "entry-limit";
  if (!journey.trigger.includeUnsubscribed && isUnsubscribed(customer)) return "unsubscribed";
  if (exitHolds(journey, candidateFacts({ ...candidate, customer }, journey))) return "exit-holds";
  const { hops, now } = candidate;
  const inARow = hops > MOST_HOPS;
  const tooOften = hops > 0 && (automaticEntries(past.entry, now)?.count ?? 0) >= MOST_AUTOMATIC;
  return inARow || tooOften ? "automatic-loop" : undefined;
}

/** The entry item after the candidate has entered. */
export function entryAfter(entry: Past["entry"], { hops, now }: Pick<Candidate, "hops" | "now">) {
  const before = automaticEntries(entry, now);
  const automatic = hops > 0 ? { count: (before?.count ?? 0) + 1, since: before?.since ?? now } : before;
  return { count: (entry?.count ?? 0) + 1, lastEnteredAt: now, ...(automatic && { automatic }) };
}

function automaticEntries(entry: Past["entry"], now: Time): Entry["automatic"] {
  const automatic = entry?.automatic;
  return automatic && now < plus(automatic.since, "P1D") ? automatic : undefined;
}

export function entryAllows(rule: EntryRule, { entry, inside }: Pick<Past, "entry" | "inside">, now: Time): boolean {
  if (rule === "always") return true;
  const count = entry?.count ?? 0;
  if (rule === "once") return count === 0;
  if (rule.max !== undefined && count >= rule.max) return false;
  if (rule.maxConcurrent !== undefined && inside >= rule.maxConcurrent) return false;
  return rule.cooldown === undefined || !entry || plus(entry.lastEnteredAt, rule.cooldown) <= now;
}

/**
 * Whether an exit rule on the customer's state holds already. A customer who meets an exit rule already would exit at
 * once, so the customer does not enter.
 */
function exitHolds(journey: Journey, { now, customer, key, timezone, event: enrollmentEvent }: Facts): boolean {
  const facts: Facts = { now, customer, key, timezone, enrollmentEvent };
  return (journey.exit ?? []).some(
    ({ event, where }) => event === undefined && where !== undefined && evaluate(where, facts),
  );
}

function candidateFacts({ now, customer, event, key, eventTimes }: Candidate, { timezone }: Journey): Facts {
  return { now, customer: customerView(customer), event, key, eventTimes, timezone };
}
