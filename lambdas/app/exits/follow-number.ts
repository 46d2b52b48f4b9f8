/**
 * Keeps the conversations with numbers in step with the customers' attribute `phone`: each conversation lists the
 * customers who have its number. A repeated or late call does no harm, because it reads what is true now. A stack whose
 * messages nobody can answer lists nobody; it still removes customers, because conversations of an earlier time may be
 * stored, and an erasure must reach them.
 */
import { conversationOf, withConversation } from "../../domain/customer/address-facts.ts";
import { addressHash } from "../../domain/customer/address-mark.ts";
import { canonicalNumber } from "../../domain/customer/canonical-number.ts";
import { withCustomer, withoutCustomer } from "../../domain/customer/conversation.ts";
import { type Customer, phone } from "../../domain/customer/customer.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface Listing {
  /** Whether the stack lists the customers with a number. Absent: it does. */
  readonly listsNumbers?: boolean;
}

/** `before` and `after`: the customer before and after the change. An erased customer has no number. */
export async function followNumber(
  before: Customer,
  after: Customer,
  ports: Pick<Ports, "store" | "addressKey"> & Listing,
): Promise<void> {
  const { addressKey, listsNumbers = true } = ports;
  const [old, current] = [numberOf(before), numberOf(after)];
  if (addressKey === undefined || old === current) return;
  for (const number of listsNumbers ? [old, current] : [old])
    if (number !== undefined) await relist(after.customerId, number, addressHash(number, addressKey), ports);
}

export function numberOf(customer: Customer): string | undefined {
  const stored = phone(customer);
  return stored === undefined ? undefined : canonicalNumber(stored);
}

function relist(customerId: string, number: string, address: string, { store }: Pick<Ports, "store">): Promise<void> {
  return retryOnConflict(async () => {
    const before = await store.addressFacts(address);
    const customer = await store.customer(customerId);
    const list = numberOf(customer) === number ? withCustomer : withoutCustomer;
    const facts = withConversation(before, list(conversationOf(before), customerId));
    if (facts === before) return;
    await store.commit([
      { kind: "address", facts },
      { kind: "unchanged", customer },
    ]);
  });
}
