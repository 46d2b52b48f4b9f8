/**
 * The line of an archive for one customer, from what a stack stores about them.
 *
 * The stack stores the present value of an attribute and the time of its last change. So the value at the beginning is
 * known if the attribute has not changed since. The events of the archive bring the later values.
 */
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import { topicFact } from "../../lambdas/domain/customer/merge-changes.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import { isSystemEvent } from "../../lambdas/domain/events/system-events.ts";
import { MESSAGE_RECEIVED } from "../../lambdas/domain/inbound/message-received.ts";
import { addressOf } from "../../lambdas/domain/messages/recipient.ts";
import { later, type Time } from "../../lambdas/domain/time/time.ts";
import { canonical, type Json, type JsonObject, own } from "../../lambdas/domain/values/json.ts";
import type { ArchivedCustomer, SentMessage } from "./archive.ts";
import { impersonal, impersonalAnswer } from "./impersonal.ts";

/** The data that the stack stores about the customer. */
export interface StoredCustomer {
  readonly customerId: string;
  readonly profile?: Customer | undefined;
  readonly enrollments: readonly Enrollment[];
  readonly events: readonly CustomerEvent[];
}

export interface Window {
  readonly from: Time;
  readonly until: Time;
  /** Whether personal attributes are kept. */
  readonly attributes: boolean;
}

/** `undefined`: there is nothing to replay, or the customer was erased, which leaves only a part of the past. */
export function archivedCustomer(stored: StoredCustomer, window: Window): ArchivedCustomer | undefined {
  const { customerId, profile, enrollments } = stored;
  if (profile?.deletedAt !== undefined) return undefined;
  const kept = (values: JsonObject) => (window.attributes ? values : impersonal(values, customerId));
  const events = eventsOf(stored.events, window, kept);
  const { attributes, unknown } = profile ? atFirst(stored, profile, window.from) : {};
  if (!attributes && events.length === 0) return undefined;
  const entries = entriesOf(enrollments, window.from);
  const statuses = enrollments.flatMap((enrollment) => sentIn(enrollment, window));
  return {
    customerId,
    ...(attributes && { attributes: kept(attributes) }),
    ...(unknown && unknown.length > 0 && { unknown }),
    ...(entries.length > 0 && { entries }),
    ...(events.length > 0 && { events }),
    ...(statuses.length > 0 && { statuses }),
  };
}

/**
 * Events that journeys emitted are left out: the replay emits them itself. Messages of the customer stay, although the
 * system queued them.
 */
function eventsOf(
  events: readonly CustomerEvent[],
  { from, until, attributes }: Window,
  kept: (values: JsonObject) => JsonObject,
): NonNullable<ArchivedCustomer["events"]> {
  return events
    .map((event) => ({ ...event, at: event.handledAt ?? event.time }))
    .filter(({ name, system, at }) => (!system || isAnswer(name)) && !isSystemEvent(name) && at >= from && at <= until)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ data, ...event }) => ({
      ...event,
      data: attributes || !isAnswer(event.name) ? data : impersonalAnswer(data),
    }))
    .map(({ at, name, id, time, data, changes }) => ({
      at,
      event: name,
      id,
      ...(time !== at && { time }),
      ...(Object.keys(data).length > 0 && { data }),
      ...(changes && { customer: kept(changes) }),
    }));
}

const isAnswer = (name: string) => name === MESSAGE_RECEIVED;

/** The data that was stored at the beginning. `attributes` is missing when the profile is younger. */
function atFirst(
  { customerId, enrollments, events }: StoredCustomer,
  { attributes, tags, times }: Customer,
  from: Time,
): { attributes?: JsonObject; unknown?: string[] } {
  const names = [...new Set([...Object.keys(times), ...Object.keys(attributes), ...(tags.length > 0 ? ["tags"] : [])])];
  const older = names.filter(
    (name) => changedAt(name, times) < from && name !== "tags" && own(attributes, name) !== undefined,
  );
  const hasOldTags = tags.length > 0 && changedAt("tags", times) < from;
  const first: Record<string, Json> = Object.fromEntries(older.map((name) => [name, attributes[name] as Json]));
  if (hasOldTags) first.tags = [...tags];
  for (const attribute of addressesAtFirst({ enrollments, events }, from))
    if (first[attribute] === undefined) Object.assign(first, impersonal({ [attribute]: true }, customerId));
  const unknown = names.filter((name) => changedAt(name, times) >= from).sort();
  return { ...(Object.keys(first).length > 0 && { attributes: first }), unknown };
}

/** When the attribute changed last. Each topic has a time of its own. */
function changedAt(name: string, times: Customer["times"]): Time {
  const topics = name === "topics" ? Object.keys(times).filter((each) => each.startsWith(topicFact(""))) : [];
  return [name, ...topics].map((each) => times[each] ?? "").reduce(later);
}

/**
 * The attributes that must have had an address at the beginning, because a message was sent before the first event that
 * gave one.
 */
function addressesAtFirst({ enrollments, events }: Pick<StoredCustomer, "enrollments" | "events">, from: Time) {
  const firstGiven = (attribute: string) =>
    events
      .filter(({ changes }) => changes && attribute in changes)
      .map(({ handledAt, time }) => handledAt ?? time)
      .toSorted()[0];
  const sent = enrollments
    .flatMap(({ messages }) => messages)
    .filter(({ state, claimedAt }) => state !== "skipped" && claimedAt >= from);
  const needed = sent.flatMap(({ channel, claimedAt }) => {
    const attribute = addressOf(channel)?.attribute;
    if (attribute === undefined) return [];
    const given = firstGiven(attribute);
    return given === undefined || claimedAt < given ? [attribute] : [];
  });
  return new Set(needed);
}

function entriesOf(enrollments: readonly Enrollment[], from: Time): NonNullable<ArchivedCustomer["entries"]> {
  const before = enrollments.filter(({ enteredAt }) => enteredAt < from);
  const groups = Map.groupBy(before, ({ journeyId, key }) => `${journeyId} ${key === undefined ? "" : canonical(key)}`);
  return [...groups.values()].flatMap((group) => {
    const last = group.reduce((a, b) => (a.enteredAt < b.enteredAt ? b : a));
    const { journeyId, key, enteredAt: lastEnteredAt } = last;
    return [{ journeyId, ...(key !== undefined && { key }), count: group.length, lastEnteredAt }];
  });
}

function sentIn({ journeyId, enrollmentId, enteredAt, messages }: Enrollment, { from, until }: Window): SentMessage[] {
  if (enteredAt < from) return [];
  return messages
    .filter(({ state, claimedAt }) => state !== "skipped" && claimedAt <= until)
    .map(({ componentId: component, claimedAt: sentAt, statuses: reported }) => ({
      journeyId,
      enrollmentId,
      component,
      sentAt,
      reported,
    }));
}
