/** Deletes the items of a customer, up to the time of the erasure. */
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Store } from "../../../app/store.ts";
import { dynamodb, translated } from "../client.ts";
import { forgotten, type Item } from "../customer-items.ts";
import type { CustomersTable } from "./customers-table.ts";

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
    for (let start = 0; start < keys.length; start += 25) await removeAll(keys.slice(start, start + 25));
  };

  async function removeAll(keys: readonly Item[]): Promise<void> {
    let requests: { DeleteRequest: { Key: Item } }[] = keys.map((Key) => ({ DeleteRequest: { Key } }));
    while (requests.length > 0) {
      const { UnprocessedItems } = await translated(
        dynamodb.send(new BatchWriteCommand({ RequestItems: { [customers]: requests } })),
      );
      requests = (UnprocessedItems?.[customers] ?? []) as typeof requests;
    }
  }
}
