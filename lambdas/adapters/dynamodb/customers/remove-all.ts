/** Deletes items, 25 at a time. DynamoDB may leave some items for the next request. */
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { dynamodb, translated } from "../client.ts";
import type { Item } from "../customer-items.ts";

const AT_ONCE = 25;

export async function removeAll(table: string, keys: readonly Item[]): Promise<void> {
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    let requests: { DeleteRequest: { Key: Item } }[] = keys
      .slice(start, start + AT_ONCE)
      .map((Key) => ({ DeleteRequest: { Key } }));
    while (requests.length > 0) {
      const { UnprocessedItems } = await translated(
        dynamodb.send(new BatchWriteCommand({ RequestItems: { [table]: requests } })),
      );
      requests = (UnprocessedItems?.[table] ?? []) as typeof requests;
    }
  }
}
