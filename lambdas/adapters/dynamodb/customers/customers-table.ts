/** Single reads and queries of the customers table. */
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { dynamodb, queried, translated } from "../client.ts";
import type { CustomerKey, Item } from "../customer-items.ts";

export interface CustomersTable {
  readonly name: string;
  get(customerId: string, sk: CustomerKey, consistent?: boolean): Promise<Item | undefined>;
  query(input: Omit<Parameters<typeof queried>[0], "TableName">): AsyncGenerator<Item>;
}

export const customersTable = (name: string): CustomersTable => ({
  name,
  async get(customerId, sk, ConsistentRead = true) {
    const { Item } = await translated(
      dynamodb.send(new GetCommand({ TableName: name, Key: { customerId, sk }, ConsistentRead })),
    );
    return Item;
  },
  query: (input) => queried({ TableName: name, ...input }),
});
