/**
 * A customer as known: attributes and tags, each with the time of its newest change. How changes are merged is in
 * `customer-merge.ts`.
 */

import type { Time } from "../time/time.ts";
import { asObject, at, type JsonObject, own, same } from "../values/json.ts";
import { namesIn } from "../values/path.ts";

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
  /** An address to which mail bounced for good, or from which mail was complained of. Gone with a new address. */
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

/** Whether something that happened to a customer, or began then, was before they were erased. */
export function isBeforeErasure({ deletedAt }: Pick<Customer, "deletedAt">, time: Time): boolean {
  return deletedAt !== undefined && time <= deletedAt;
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
      const names = namesIn(path);
      return !same(at(old, names), at(current, names));
    })
    .sort();
}

export function topicsOf(attributes: JsonObject): JsonObject {
  return asObject(attributes.topics) ?? {};
}

/** From all marketing. */
export function isUnsubscribed(customer: Customer): boolean {
  return customer.attributes.unsubscribed === true;
}

export function isUnsubscribedFrom(topic: string, customer: Customer): boolean {
  return own(topicsOf(customer.attributes), topic) === false;
}

export function email(customer: Customer): string | undefined {
  const address = customer.attributes.email;
  return typeof address === "string" && address !== "" ? address : undefined;
}
