/** Deletes the items of a customer, up to the time of the erasure. */
import type { Store } from "../../../app/store.ts";
import { forgotten } from "../customer-items.ts";
import type { CustomersTable } from "./customers-table.ts";
import { removeAll } from "./remove-all.ts";

export function eraseCustomer({ name: customers, query }: CustomersTable): Store["erase"] {
  return async (customerId, until) => {
    const found = query({
      KeyConditionExpression: "customerId = :customer",
      ExpressionAttributeValues: { ":customer": customerId },
      ProjectionExpression: "customerId, sk, #time, #trigger.#time, journeyId, #key, sends",
      ExpressionAttributeNames: { "#time": "time", "#trigger": "trigger", "#key": "key" },
      ConsistentRead: true,
    });
    const keys = forgotten(await Array.fromAsync(found), until).map(({ sk }) => ({ customerId, sk }));
    await removeAll(customers, keys);
  };
}
