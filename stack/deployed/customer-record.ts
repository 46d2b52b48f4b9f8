/** Reads a customer's record from the items of the customers table, and finds the items that an erasure has left. */

import type { CustomerRecord } from "../../insight/customer/record.ts";
import {
  type Item,
  isKeyOf,
  type KeyedItem,
  PROFILE,
  toCustomer,
  toEnrollment,
  toEntry,
  toEvent,
} from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { Reason } from "../../lambdas/app/store.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";

export function recordOf(customerId: string, items: readonly Item[]): CustomerRecord {
  const below = (kind: KeyedItem) => items.filter(({ sk }) => isKeyOf(kind, sk));
  const profile = items.find(({ sk }) => sk === PROFILE);
  return {
    customerId,
    ...(profile && { profile: toCustomer(profile) }),
    enrollments: byTime(below("enrollment").map(withoutTokens), ({ enteredAt }) => enteredAt),
    events: byTime(below("event").map(toEvent), ({ time }) => time),
    reasons: byTime(below("reason").map(toReason), ({ at }) => at),
    entries: below("entry").map(toEntry),
  };
}

/**
 * A task token is a credential: with it, anybody could end the wait of the customer, or move a parked customer on. So
 * the token never leaves the table.
 */
function withoutTokens(item: Item): Enrollment {
  const { parked, ...enrollment } = toEnrollment(item);
  const { waiting, ...position } = enrollment.position;
  return {
    ...enrollment,
    position: { ...position, ...(waiting && { waiting: withoutToken(waiting) }) },
    ...(parked && { parked: withoutToken(parked) }),
  };
}

function withoutToken<T extends { readonly token?: string }>({ token: _, ...shown }: T): Omit<T, "token"> {
  return shown;
}

function toReason({ sk: _, ttl: __, ...reason }: Item): Reason {
  return reason as unknown as Reason;
}

function byTime<T>(items: readonly T[], time: (item: T) => Time): T[] {
  return items.toSorted((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
}

/** The sort keys of the items that are left of an erased customer, without the tombstone; empty when all are deleted. */
export function remainingItems(items: readonly Item[]): string[] {
  return items.flatMap((item) => (isTombstone(item) ? [] : [String(item.sk)]));
}

const tombstone = new Set([
  "customerId",
  "sk",
  "revision",
  "attributes",
  "tags",
  "times",
  "changedAt",
  "hops",
  "deletedAt",
]);

function isTombstone(item: Item): boolean {
  const empty = (value: unknown) => Object.keys(value ?? {}).length === 0;
  return (
    item.sk === PROFILE &&
    typeof item.deletedAt === "string" &&
    Object.keys(item).every((name) => tombstone.has(name)) &&
    empty(item.attributes) &&
    empty(item.tags) &&
    empty(item.times)
  );
}
