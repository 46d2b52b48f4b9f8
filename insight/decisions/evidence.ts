/**
 * What a decision looked at, read from what is stored now. Events never change, statuses and changes of attributes have
 * times: so it can be told of each value whether it is still the one that was seen.
 */

import type { CustomerRecord } from "../../cli/deployed/customer-record.ts";
import type { Condition } from "../../lambdas/domain/condition.ts";
import { leaves } from "../../lambdas/domain/condition-tree.ts";
import { type Customer, customerView, unknownCustomer } from "../../lambdas/domain/customer.ts";
import { topicFact } from "../../lambdas/domain/customer-merge.ts";
import type { Enrollment, Message } from "../../lambdas/domain/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/event.ts";
import { type Facts, reader } from "../../lambdas/domain/holds.ts";
import { type Json, own } from "../../lambdas/domain/json.ts";
import { type Status, statusTime } from "../../lambdas/domain/message-status.ts";
import { minus, type Time } from "../../lambdas/domain/time.ts";
import { span } from "../words/condition-text.ts";

export interface Seen {
  /** A field's path, what is counted, a message and its status, or a share. */
  readonly what: string;
  /** Absent: it was missing, or nobody knows any more. */
  readonly value?: Json;
  /** The attribute has changed after the decision: the value is what it is now. */
  readonly changedAt?: Time;
  /** It was not kept for so long. */
  readonly expired?: true;
}

/** The record as a decision at a moment could see it. */
export interface Sight {
  readonly at: Time;
  readonly customer: Customer;
  readonly enrollment: Enrollment;
  readonly events: readonly CustomerEvent[];
  /** When the customer was sent anything by then, by any journey; the newest last. */
  readonly sent: readonly Time[];
  /** Events from then on are all still stored. */
  readonly keptSince: Time;
  /** Attributes that the journey itself set later, perhaps within the same millisecond. */
  readonly setLater: ReadonlySet<string>;
}

export function sightOf(
  { profile, customerId, events, enrollments }: CustomerRecord,
  enrollment: Enrollment,
  at: Time,
  more: Pick<Sight, "keptSince" | "setLater">,
): Sight {
  const sent = enrollments
    .flatMap(({ messages }) => messages)
    .filter(({ state, claimedAt }) => state !== "skipped" && state !== "failed" && claimedAt < at)
    .map(({ claimedAt }) => claimedAt)
    .sort();
  return { at, customer: profile ?? unknownCustomer(customerId), enrollment, events, sent, ...more };
}

/** All that a condition reads, each once. */
export function seenBy(conditions: readonly Condition[], sight: Sight): Seen[] {
  const found = conditions.flatMap(leaves).map((leaf) => {
    if ("field" in leaf) return seenField(leaf.field, sight);
    return "message" in leaf ? seenStatus(leaf.message, leaf.status, sight) : seenCount(leaf.event, leaf.within, sight);
  });
  return [...new Map(found.map((seen) => [seen.what, seen])).values()];
}

export function seenField(path: string, sight: Sight): Seen {
  const facts = factsAt(sight);
  const value = reader(path)(facts);
  const seen = { what: path, ...(value !== undefined && { value }) };
  const [root, name = "", ...rest] = path.split(".");
  if (root === "event") return facts.event === undefined && isByEvent(sight) ? { what: path, expired: true } : seen;
  const changedAt = root === "customer" ? changedAfter(name, rest, sight) : undefined;
  return changedAt === undefined ? seen : { ...seen, changedAt };
}

const isByEvent = ({ enrollment: { trigger } }: Sight) => trigger.name !== undefined;

function changedAfter(name: string, rest: readonly string[], { at, customer, setLater }: Sight): Time | undefined {
  const [topic] = name === "topics" ? rest : [];
  const names = name === "topics" && topic === undefined ? topicsIn(customer) : [topic ? topicFact(topic) : name];
  const times = names.flatMap((name) => own(customer.times, name) ?? []);
  const last = times.sort().at(-1);
  return last !== undefined && (last > at || (last === at && setLater.has(name))) ? last : undefined;
}

const topicsIn = ({ times }: Customer) => Object.keys(times).filter((name) => name.startsWith(topicFact("")));

/** When the newest message that a component had claimed by then reached a status; `false`: it had not. */
function seenStatus(componentId: string, status: Status, sight: Sight): Seen {
  const time = statusTime(messagesAt(sight)[componentId]?.statuses ?? {}, status);
  return { what: `${componentId} ${status}`, value: time !== undefined && time <= sight.at ? time : false };
}

function seenCount(event: string, within: string, sight: Sight): Seen {
  const what = `${event} within ${span(within)}`;
  const since = minus(sight.at, within);
  if (since < sight.keptSince) return { what, expired: true };
  return { what, value: happenedBy(event, sight).filter((time) => time > since).length };
}

const happenedBy = (name: string, { events, at }: Sight) =>
  events.filter((event) => event.name === name && event.time <= at).map(({ time }) => time);

/** The newest message of each component, as of then. */
export function messagesAt({ enrollment, at }: Sight): Record<string, Message> {
  const there = enrollment.messages.filter(({ claimedAt }) => claimedAt <= at);
  return Object.fromEntries(there.map((message) => [message.componentId, message]));
}

/** What is stored now, as far as it was there then. */
export function factsAt(sight: Sight): Facts {
  const { at, customer, enrollment, events } = sight;
  const { trigger, key } = enrollment;
  const byThen = (message: Message) =>
    Object.fromEntries(Object.entries(message.statuses).filter(([, time]) => time <= at));
  return {
    now: at,
    customer: customerView(customer),
    event: isByEvent(sight) ? events.find(({ id }) => id === trigger.eventId)?.data : undefined,
    key,
    messages: Object.fromEntries(Object.entries(messagesAt(sight)).map(([id, message]) => [id, byThen(message)])),
    happened: Object.fromEntries(events.map(({ name }) => [name, happenedBy(name, sight)])),
  };
}
