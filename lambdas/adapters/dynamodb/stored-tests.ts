/** The tests that are stored with a journey, in the journeys table beside its document. */
import { type StoredTest, TEST } from "../../domain/journey/stored-test.ts";
import { queried } from "./client.ts";
import { withLists } from "./with-lists.ts";

export function storedTests(table: string): (journeyId: string) => Promise<StoredTest[]> {
  return (journeyId) => {
    const items = queried({
      TableName: table,
      KeyConditionExpression: "id = :id AND begins_with(version, :test)",
      ExpressionAttributeValues: { ":id": journeyId, ":test": TEST },
      ConsistentRead: true,
    });
    return Array.fromAsync(items, (item) => withLists(item) as StoredTest);
  };
}
