/**
 * Fetches the times of the events that conditions count. When the conditions count no events, this function reads
 * nothing. Events from before an erasure do not count, even while the erasure is still removing them.
 */
import type { Condition } from "../domain/conditions/condition.ts";
import type { Facts } from "../domain/conditions/evaluate.ts";
import { countedEvents } from "../domain/conditions/fields-read.ts";
import type { Customer } from "../domain/customer/customer.ts";
import type { Ports } from "./ports.ts";

export async function eventTimes(
  conditions: readonly (Condition | undefined)[],
  { customerId, deletedAt = "" }: Pick<Customer, "customerId" | "deletedAt">,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<Facts["eventTimes"]> {
  const counted = countedEvents(conditions, clock.now());
  if (counted.size === 0) return undefined;
  const found: Record<string, string[]> = {};
  for (const [name, since] of counted)
    found[name] = (await store.events(customerId, name, since > deletedAt ? since : deletedAt)).map(({ time }) => time);
  return found;
}
