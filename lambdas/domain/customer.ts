/**
 * A customer as known: attributes and tags, each with the time of its newest change, so that changes may arrive in
 * any order and twice.
 */
import { at, type Json, type JsonObject, same } from "./json.ts";
import { later, type Time } from "./time.ts";

export interface Customer {
  readonly customerId: string;
  /** Goes up by one with every stored change; 0 = nothing stored. */
  readonly revision: number;
  readonly attributes: JsonObject;
  readonly tags: readonly string[];
  /** When each attribute (and `tags`) last changed; kept for removed attributes too. */
  readonly times: Readonly<Record<string, Time>>;
  /** When the newest change happened (an event's own time), and how many automatic steps led to it. */
  readonly changedAt: Time;
  readonly hops: number;
  /** The event that brought the newest change, if one did. */
  readonly changedBy?: string;
  /** An address that must not get marketing mail, because mail to it bounced for good or was complained of. */
  readonly suppressed?: { readonly email: string; readonly reason: "bounced" | "complained"; readonly at: Time };
  /** Set on what remains of an erased customer: nothing that happened before counts any more. */
  readonly deletedAt?: Time;
}

export function unknownCustomer(customerId: string): Customer {
  return { customerId, revision: 0, attributes: {}, tags: [], times: {}, changedAt: "", hops: 0 };
}

/** What conditions and templates see as `customer.*`. */
export function customerView(customer: Customer): JsonObject {
  return { ...customer.attributes, customerId: customer.customerId, tags: customer.tags };
}

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
  for (const [name, value] of Object.entries(changes)) {
    const known = Object.hasOwn(times, name) ? times[name] : undefined;
    if (known !== undefined && known > time) continue;
    if (known !== time) changed = true;
    define(times, name, time);
    if (name === "tags") {
      const wanted = Array.isArray(value) ? [...new Set(value as string[])].sort() : [];
      changed ||= !same(wanted, tags);
      tags = wanted;
    } else {
      changed ||= !same(attributes[name], value);
      if (value === null) delete attributes[name];
      else define(attributes, name, value);
    }
  }
  if (!changed) return customer;
  return stamped({ ...customer, attributes, tags, times }, time, hops, eventId);
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
  const times = { ...customer.times, tags: later(customer.times.tags ?? "", now) };
  return stamped({ ...customer, tags, times }, now, hops, undefined);
}

/** Assigns an own member whatever its name: `__proto__` in an app's event is a name like any other. */
function define<V>(target: Record<string, V>, name: string, value: V): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Which of these paths have another value after than before. `paths`: by the attribute that they are in. */
export function changedFields(
  before: Customer,
  after: Customer,
  paths: ReadonlyMap<string, readonly string[]>,
): string[] {
  const [old, current] = [customerView(before), customerView(after)];
  const changed = new Set([...Object.keys(old), ...Object.keys(current)].filter((name) => old[name] !== current[name]));
  const affected = [...changed].flatMap((attribute) => paths.get(attribute) ?? []);
  return affected
    .filter((path) => {
      const names = path.split(".").slice(1);
      return !same(at(old, names), at(current, names));
    })
    .sort();
}

export function isUnsubscribed(customer: Customer): boolean {
  return customer.attributes.unsubscribed === true;
}

export function email(customer: Customer): string | undefined {
  const address = customer.attributes.email;
  return typeof address === "string" && address !== "" ? address : undefined;
}
