/**
 * Reads the customers with a profile, by a parallel scan of the customers table. The scan also reads, and AWS bills,
 * the other items of customers.
 */
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Profiles } from "../../app/run-ports.ts";
import { dynamodb, translated } from "../dynamodb/client.ts";
import { PROFILE, toCustomer } from "../dynamodb/customer-items.ts";

export function dynamodbProfiles(TableName: string): Profiles {
  return {
    /** The read is not strongly consistent, which costs half. A customer is read again before the entry. */
    async page(part, parts, after) {
      const { Items = [], LastEvaluatedKey } = await translated(
        dynamodb.send(
          new ScanCommand({
            TableName,
            Segment: part,
            TotalSegments: parts,
            FilterExpression: "sk = :profile",
            ExpressionAttributeValues: { ":profile": PROFILE },
            ...(after !== undefined && { ExclusiveStartKey: JSON.parse(after) }),
          }),
        ),
      );
      return {
        customers: Items.map(toCustomer),
        places: Items.map(({ customerId }) => JSON.stringify({ customerId, sk: PROFILE })),
        ...(LastEvaluatedKey && { next: JSON.stringify(LastEvaluatedKey) }),
      };
    },
  };
}
