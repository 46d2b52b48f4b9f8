/** The writes that store a changed customer: the customer, and the counts of the values that could not be used. */
import { ALL_CUSTOMERS, noteCounts } from "../domain/counters/note-counts.ts";
import type { Customer } from "../domain/customer/customer.ts";
import type { Change } from "./store.ts";

export function customerWrites(before: Customer, customer: Customer): Change[] {
  const counts = noteCounts(before, customer);
  const counted: Change[] =
    Object.keys(counts).length === 0
      ? []
      : [{ kind: "counts", journeyId: ALL_CUSTOMERS, counts, shardKey: customer.customerId, singleItem: true }];
  return [{ kind: "customer", customer }, ...counted];
}
