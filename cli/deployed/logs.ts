/**
 * The logs of a journey: every enrollment in it, ended ones too. No index holds those, because no function ever wants
 * them, so this reads the whole customers table: for people, who do not ask every minute.
 */
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { enrollmentKey, toEnrollment } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { DeployedStack } from "./stack.ts";

/** `tell`: how many items were read so far, after every page. */
export async function* enrollmentsOf(
  journeyId: string,
  stack: DeployedStack,
  tell: (items: number) => void = () => {},
): AsyncGenerator<Enrollment> {
  let read = 0;
  const pages = paginateScan(
    { client: stack.items },
    {
      TableName: stack.output("CustomersTableName"),
      FilterExpression: "begins_with(sk, :enrollment) AND journeyId = :journey",
      ExpressionAttributeValues: { ":enrollment": enrollmentKey(""), ":journey": journeyId },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [], ScannedCount = 0 } of pages) {
    yield* Items.map(toEnrollment);
    read += ScannedCount;
    tell(read);
  }
}
