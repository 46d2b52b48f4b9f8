/** Many customers at once: their items are the product's own, written in batches. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { translation } from "../../../lambdas/adapters/dynamodb/client.ts";
import { customerItem } from "../../../lambdas/adapters/dynamodb/customer-items.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../../lambdas/domain/customer/merge-changes.ts";
import { EPOCH } from "../../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import type { Running } from "../running.ts";

export type Customers = NonNullable<Scenario["customers"]>;

/** A request takes 25 writes at most. */
const BATCH = 25;

export function putCustomers(customers: Customers, run: Running): Promise<void> {
  const writes = customers.map(({ customerId, ...attributes }) => {
    const changed = mergeChanges(unknownCustomer(customerId), attributes as JsonObject, EPOCH, 0);
    return { PutRequest: { Item: customerItem({ ...changed, revision: 1 }) } };
  });
  return write(writes, run);
}

export async function deleteCustomers(run: Running): Promise<void> {
  const writes: object[] = [];
  for await (const { customerId, sk } of run.stack.scan("customers"))
    writes.push({ DeleteRequest: { Key: { customerId, sk } } });
  await write(writes, run);
}

async function write(writes: readonly object[], { stack, engine }: Running): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(engine.client), translation);
  const table = stack.output("CustomersTableName");
  for (let start = 0; start < writes.length; start += BATCH) {
    const RequestItems = { [table]: writes.slice(start, start + BATCH) as never };
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems }));
    if (Object.keys(UnprocessedItems).length > 0) throw new Error("The table did not take all customers.");
  }
}
