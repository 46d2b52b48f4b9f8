/**
 * The stored facts of a customer: attributes and tags, each with the time of its newest change. `merge-changes.ts`
 * merges changes into them.
 */

import type { Time } from "../time/time.ts";
import { asObject, at, type Json, type JsonObject, own, same } from "../values/json.ts";
import { namesIn } from "../values/path.ts";
import { type NoteReason, saysUnsubscribed, textsIn } from "./reserved-attributes.ts";

/** A value of a reserved attribute that could not be used, so that the attribute stayed unchanged. */
export interface Note {
  readonly reason: NoteReason;
  readonly at: Time;
}

export interface Customer {
  readonly customerId: string;
  /** Each stored change increases the revision by one; 0: nothing is stored. */
  readonly revision: number;
  readonly attributes: JsonObject;
  readonly tags: readonly string[];
  /** The time of the newest change of each attribute and of `tags`. A removed attribute keeps its time. */
  readonly times: Readonly<Record<string, Time>>;
  /**
   * The revision of the newest change of a value; absent if it is `revision`. Later revisions stored only a time, or a
   * report about a message.
   */
  readonly changedRevision?: number;
  /** The own time of the change stored last (an event's own time), and the number of automatic steps that led to it. */
  readonly changedAt: Time;
  readonly hops: number;
  /** The id and name of the event that made the newest change, if an event made it. Earlier releases stored only the id. */
  readonly changedBy?: string;
  readonly changedByName?: string;
  /** An address that bounced permanently, or whose owner complained. A new address removes it. */
  readonly suppressed?: { readonly email: string; readonly reason: "bounced" | "complained"; readonly at: Time };
  /** The newest value that could not be used, by attribute. A usable value that is newer removes the note. */
  readonly notes?: Readonly<Record<string, Note>>;
  /** The time of the erasure, on the tombstone of an erased customer. Nothing from before that time counts. */
  readonly deletedAt?: Time;
}

export function unknownCustomer(customerId: string): Customer {
  return { customerId, revision: 0, attributes: {}, tags: [], times: {}, changedAt: "", hops: 0 };
}

/** Whether the customer has a profile. The tombstone of an erased customer is no profile. */
export function hasProfile({ revision, deletedAt, times }: Customer): boolean {
  return revision > 0 && !isTombstone({ deletedAt, times });
}

/** Whether the customer was erased and has not come back since. */
export function isTombstone({ deletedAt, times }: { deletedAt?: Time | undefined } & Pick<Customer, "times">): boolean {
  return deletedAt !== undefined && Object.keys(times).length === 0;
}

export function changedRevision(customer: Customer): number {
  return customer.changedRevision ?? customer.revision;
}

/** Whether a value that conditions read differs between the two states. */
export function isChange(before: Customer, after: Customer): boolean {
  return !same(customerView(before), customerView(after));
}

/** The value of `customer` in conditions and templates. */
export function customerView(customer: Customer): JsonObject {
  return { ...customer.attributes, customerId: customer.customerId, tags: customer.tags };
}

/** Whether something that has this time happened before the customer was erased. */
export function isBeforeErasure({ deletedAt }: Pick<Customer, "deletedAt">, time: Time): boolean {
  return deletedAt !== undefined && time <= deletedAt;
}

/** The paths whose value differs between the two states. `paths`: the paths by the attribute that holds them. */
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
      const names = namesIn(path);
      return !same(at(old, names), at(current, names));
    })
    .sort();
}

export function topicsOf(attributes: JsonObject): JsonObject {
  return asObject(attributes.topics) ?? {};
}

/** Whether the customer is unsubscribed from all marketing. */
export function isUnsubscribed(customer: Customer): boolean {
  return saysUnsubscribed(customer.attributes.unsubscribed);
}

export function isUnsubscribedFrom(topic: string, customer: Customer): boolean {
  return own(topicsOf(customer.attributes), topic) === false;
}

/** Whether the customer has unsubscribed from a channel, such as by answering a text message with STOP. */
export function isUnsubscribedFromChannel(channel: string, { attributes }: Customer): boolean {
  return textsIn(attributes.unsubscribedChannels).includes(channel);
}

export const email = (customer: Customer): string | undefined => line(customer.attributes.email);

export const phone = (customer: Customer): string | undefined => line(customer.attributes.phone);

function line(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
