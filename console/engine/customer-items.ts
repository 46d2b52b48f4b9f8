/** Everything that the memory store holds about a customer, as items of the table, by sort key. */

import {
  customerItem,
  enrollmentItem,
  entryItem,
  eventItem,
  reasonItem,
  sendsItem,
} from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import { share } from "../../lambdas/domain/values/hash.ts";
import type { MemoryStore } from "../../simulator/memory-store.ts";
import type { Item } from "../../stack/stack.ts";

/** How long the table keeps events: the time to live of each item. */
const EVENT_DAYS = 400;

type Partition = ReturnType<MemoryStore["all"]> extends Iterable<infer P> ? P : never;

export function customerItems(
  { customer, sends, enrollments, entries, events, reasons }: Partition,
  now: Time,
): Item[] {
  const items = [
    ...(customer.revision > 0 ? [customerItem(customer)] : []),
    ...(sends ? [sendsItem(sends)] : []),
    ...[...enrollments.values()].map(enrollmentItem),
    ...[...entries.values()].map(entryItem),
    ...[...events.values()].map((event) => eventItem(event, now, EVENT_DAYS)),
    ...[...reasons.values()].map((reason) => reasonItem(reason, now)),
  ].map((item) => ({ customerId: customer.customerId, ...item }) as Item);
  return items.sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
}

/** The items of all customers, or of one part of the customers. `parts`: the number of parts. */
export async function* scanned(store: MemoryStore, now: Time, parts = 1): AsyncGenerator<Item> {
  for (const partition of store.all())
    if (share("part", partition.customer.customerId) < 100 / parts) yield* customerItems(partition, now);
}
