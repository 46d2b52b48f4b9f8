/**
 * Merges changes into a customer. For each attribute and each topic the change with the newest time wins, so changes
 * may arrive in any order and more than once.
 */

import { later, plus, type Time } from "../time/time.ts";
import type { Identity } from "../values/event-identity.ts";
import { asObject, type Json, type JsonObject, own, same } from "../values/json.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { type Customer, changedRevision, email, type Note, topicsOf, unknownCustomer } from "./customer.ts";
import { isReserved, readAttribute } from "./reserved-attributes.ts";

/**
 * Merges changes that have this time. Returns the same object when they change nothing. A value that is already stored is
 * no change: only its time is stored, so that an older value cannot replace it.
 */
export function mergeChanges(
  customer: Customer,
  changes: JsonObject,
  time: Time,
  hops: number,
  event?: Identity,
): Customer {
  if (customer.deletedAt !== undefined && time <= customer.deletedAt) return customer;
  const attributes: Record<string, Json> = { ...customer.attributes };
  const times: Record<string, Time> = { ...customer.times };
  let tags = customer.tags;
  // Copied once: an event may hold thousands of topics.
  const topics: Record<string, Json> = { ...topicsOf(attributes) };
  let [changed, newer] = [false, false];
  for (const { name, value, topic } of factsOf(changes, attributes)) {
    const known = topic === undefined ? own(times, name) : newest(own(times, name), own(times, "topics"));
    if (known !== undefined && known > time) continue;
    if (known !== time) newer = true;
    define(times, name, time);
    if (name === "topics") continue;
    if (name === "tags") {
      const wanted = Array.isArray(value) ? [...new Set(value as string[])].sort() : [];
      changed ||= !same(wanted, tags);
      tags = wanted;
    } else if (topic !== undefined) {
      changed ||= !same(own(topics, topic) ?? null, value);
      if (value === null) delete topics[topic];
      else define(topics, topic, value);
      attributes.topics = topics;
    } else {
      changed ||= !same(own(attributes, name) ?? null, value);
      if (value === null) delete attributes[name];
      else define(attributes, name, value);
    }
  }
  const noted = withNotes(customer, changes, time);
  if (changed) return stamped(withoutOldAddress({ ...noted, attributes, tags, times }), time, hops, event);
  if (newer) return unchanged({ ...noted, times });
  return noted === customer ? customer : unchanged(noted);
}

/** Notes each value that cannot be used, and removes the notes that a newer usable value settles. */
function withNotes(customer: Customer, changes: JsonObject, time: Time): Customer {
  const notes: Record<string, Note> = { ...customer.notes };
  for (const [name, given] of Object.entries(changes)) {
    if (!isReserved(name)) continue;
    const { value, note } = readAttribute(name, given);
    const [known, since] = [notes[name], own(customer.times, name)];
    if (known !== undefined && known.at > time) continue;
    if (note === undefined) {
      if (value !== undefined) delete notes[name];
    } else if (since === undefined || since <= time) notes[name] = { reason: note, at: time };
  }
  if (same(notes as unknown as Json, (customer.notes ?? {}) as unknown as Json)) return customer;
  const { notes: _, ...rest } = customer;
  return Object.keys(notes).length === 0 ? rest : { ...rest, notes };
}

/** One change of one value. Each topic is a fact of its own, so an event about one topic leaves the others unchanged. */
interface Fact {
  /** The key of its time in `times`. */
  readonly name: string;
  readonly value: Json;
  readonly topic?: string;
}

function factsOf(changes: JsonObject, attributes: JsonObject): Fact[] {
  return Object.entries(changes).flatMap(([name, given]): Fact[] => {
    const { value } = readAttribute(name, given);
    if (value === undefined) return [];
    if (name !== "topics") return [{ name, value }];
    const removed = () => Object.fromEntries(Object.keys(topicsOf(attributes)).map((topic) => [topic, null]));
    const choices = value === null ? removed() : (asObject(value) ?? {});
    const facts = Object.entries(choices).map(([topic, value]) => ({ name: topicFact(topic), value, topic }));
    // The time of the removal of all topics is kept, so that a choice that is older and comes later stays removed.
    return value === null ? [...facts, { name, value }] : facts;
  });
}

function newest(a: Time | undefined, b: Time | undefined): Time | undefined {
  return a === undefined || b === undefined ? (a ?? b) : later(a, b);
}

/** The key of a topic's time in `times`. */
export const topicFact = (topic: string) => `topics.${topic}`;

/** The suppression of an old address does not apply to the new address. */
function withoutOldAddress(customer: Customer): Customer {
  const { suppressed, ...rest } = customer;
  const address = email(customer);
  return suppressed && address !== undefined && canonicalAddress(address) !== canonicalAddress(suppressed.email)
    ? rest
    : customer;
}

/** The customer before a write that changes no value: the newest change stays the one of an earlier revision. */
export function unchanged(customer: Customer): Customer {
  return { ...customer, changedRevision: changedRevision(customer) };
}

/** The customer after a change. The revision that it is stored under is the one of its newest change. */
function stamped(
  { changedBy: _, changedByName: __, changedRevision: ___, ...customer }: Customer,
  time: Time,
  hops: number,
  event: Identity | undefined,
): Customer {
  return { ...customer, changedAt: time, hops, ...(event && { changedBy: event.id, changedByName: event.name }) };
}

/**
 * Adds and removes tags now. The change gets a time that is not earlier than the newest stored time, so an older event
 * cannot undo the change.
 */
export function changeTags(
  customer: Customer,
  add: readonly string[],
  remove: readonly string[],
  now: Time,
  hops: number,
): Customer {
  const tags = [...new Set([...customer.tags, ...add])].filter((tag) => !remove.includes(tag)).sort();
  if (same(tags, customer.tags)) return customer;
  const at = afterErasure(customer, later(customer.times.tags ?? "", now));
  return stamped({ ...customer, tags, times: { ...customer.times, tags: at } }, at, hops, undefined);
}

/** Defines an own member under any name, `__proto__` included, because apps choose the names. */
function define<V>(target: Record<string, V>, name: string, value: V): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The time, moved past the erasure if needed: an effect of a journey that the customer entered later is not erased. */
export function afterErasure({ deletedAt }: Pick<Customer, "deletedAt">, time: Time): Time {
  return deletedAt !== undefined && time <= deletedAt ? plus(deletedAt, "PT0.001S") : time;
}

/** The tombstone of an erased customer, with the changes that are newer than the erasure. */
export function erased(customer: Customer, at: Time): Customer {
  const { customerId, revision, attributes, tags, times, hops, changedBy, changedByName, suppressed, notes } = customer;
  const deletedAt = later(at, customer.deletedAt ?? "");
  const newer = new Map(Object.entries(times).filter(([, time]) => time > deletedAt));
  const tombstone = { ...unknownCustomer(customerId), revision: revision + 1, deletedAt };
  const newerNotes = Object.entries(notes ?? {}).filter(([, note]) => note.at > deletedAt);
  const noted = newerNotes.length > 0 && { notes: Object.fromEntries(newerNotes) };
  if (newer.size === 0) return { ...tombstone, ...noted };
  const kept = <V>(members: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(members).filter(([name]) => newer.has(name)));
  const topics = Object.fromEntries(
    Object.entries(topicsOf(attributes)).filter(([topic]) => newer.has(topicFact(topic))),
  );
  return {
    ...tombstone,
    attributes: { ...kept(attributes), ...(Object.keys(topics).length > 0 && { topics }) },
    tags: newer.has("tags") ? tags : [],
    times: kept(times),
    changedAt: [...newer.values()].reduce(later),
    hops,
    ...noted,
    ...(changedBy !== undefined && { changedBy }),
    ...(changedByName !== undefined && { changedByName }),
    ...(suppressed && newer.has("email") && suppressed.at > deletedAt && { suppressed }),
  };
}
