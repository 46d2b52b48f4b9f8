/**
 * What becomes of a customer by what is said of them: per attribute, and per topic, the newest time wins, so that
 * changes may arrive in any order and twice.
 */

import { later, plus, type Time } from "../time/time.ts";
import { asObject, type Json, type JsonObject, same } from "../values/json.ts";
import { type Customer, email, topicsOf, unknownCustomer } from "./customer.ts";

/** Merges changes that happened at a time: per attribute the newest wins. Unchanged input comes back as it was. */
export function mergeChanges(
  customer: Customer,
  changes: JsonObject,
  time: Time,
  hops: number,
  eventId?: string,
): Customer {
  if (customer.deletedAt !== undefined && time <= customer.deletedAt) return customer;
  const attributes: Record<string, Json> = { ...customer.attributes };
  const times: Record<string, Time> = { ...customer.times };
  let tags = customer.tags;
  let changed = false;
  for (const { name, value, topic } of factsOf(changes, attributes)) {
    const known = Object.hasOwn(times, name) ? times[name] : undefined;
    if (known !== undefined && known > time) continue;
    if (known !== time) changed = true;
    define(times, name, time);
    if (name === "tags") {
      const wanted = Array.isArray(value) ? [...new Set(value as string[])].sort() : [];
      changed ||= !same(wanted, tags);
      tags = wanted;
    } else if (topic !== undefined) {
      const topics = { ...topicsOf(attributes) };
      changed ||= !same(topics[topic], value);
      if (value === null) delete topics[topic];
      else define(topics, topic, value);
      attributes.topics = topics;
    } else {
      changed ||= !same(attributes[name], value);
      if (value === null) delete attributes[name];
      else define(attributes, name, value);
    }
  }
  if (!changed) return customer;
  return stamped(withoutOldAddress({ ...customer, attributes, tags, times }), time, hops, eventId);
}

/** What one change says: each topic is a fact of its own, so that a list that names one leaves the others alone. */
interface Fact {
  /** Under which its time is kept. */
  readonly name: string;
  readonly value: Json;
  readonly topic?: string;
}

function factsOf(changes: JsonObject, attributes: JsonObject): Fact[] {
  return Object.entries(changes).flatMap(([name, value]): Fact[] => {
    if (name !== "topics") return [{ name, value }];
    const forgotten = () => Object.fromEntries(Object.keys(topicsOf(attributes)).map((topic) => [topic, null]));
    // What is neither a choice nor forgetting them changes nothing: consent is not lost by mistake.
    const said = value === null ? forgotten() : (asObject(value) ?? {});
    return Object.entries(said).map(([topic, value]) => ({ name: topicFact(topic), value, topic }));
  });
}

/** Under which the time of a topic is kept. */
export const topicFact = (topic: string) => `topics.${topic}`;

/** What is known of an old address says nothing about a new one. */
function withoutOldAddress(customer: Customer): Customer {
  const { suppressed, ...rest } = customer;
  const address = email(customer);
  return suppressed && address !== undefined && address !== suppressed.email ? rest : customer;
}

function stamped(
  { changedBy: _, ...customer }: Customer,
  time: Time,
  hops: number,
  eventId: string | undefined,
): Customer {
  const changedAt = later(customer.changedAt, time);
  return { ...customer, changedAt, hops, ...(eventId !== undefined && { changedBy: eventId }) };
}

/** Adds and removes tags now. Later than anything known, so that an older event cannot undo it. */
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

/** Assigns an own member whatever its name: `__proto__` in an app's event is a name like any other. */
function define<V>(target: Record<string, V>, name: string, value: V): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A journey that somebody entered after they were erased has its effects after that, whatever the clock says. */
export function afterErasure({ deletedAt }: Pick<Customer, "deletedAt">, time: Time): Time {
  return deletedAt !== undefined && time <= deletedAt ? plus(deletedAt, "PT0.001S") : time;
}

/** What remains of a customer who is erased: what was said of them later, and that they were. */
export function erased(customer: Customer, at: Time): Customer {
  const { customerId, revision, attributes, tags, times, changedAt, hops, changedBy, suppressed } = customer;
  const deletedAt = later(at, customer.deletedAt ?? "");
  const newer = new Map(Object.entries(times).filter(([, time]) => time > deletedAt));
  const tombstone = { ...unknownCustomer(customerId), revision: revision + 1, deletedAt };
  if (newer.size === 0) return tombstone;
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
    changedAt,
    hops,
    ...(changedBy !== undefined && { changedBy }),
    ...(suppressed && newer.has("email") && suppressed.at > deletedAt && { suppressed }),
  };
}
