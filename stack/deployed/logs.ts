/**
 * The logs of a journey: all its enrollments, including ended enrollments. No index contains ended enrollments, because
 * no function reads them. So this scans the whole customers table; only commands that run rarely use it.
 */
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { enrollmentKey, toEnrollment } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Connection } from "./connection.ts";

/** Calls `tell` after every page with the number of items read so far. */
export async function* enrollmentsOf(
  journeyId: string,
  stack: Pick<Connection, "output" | "items">,
  tell: (items: number) => void = () => {},
): AsyncGenerator<Enrollment> {
  let read = 0;
  let customer: unknown;
  const seen = new Set<string>();
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
    for (const enrollment of Items.map(toEnrollment)) {
      // All items of a customer follow each other. An enrollment that is closed during the scan comes twice.
      if (customer !== enrollment.customerId) seen.clear();
      customer = enrollment.customerId;
      if (!seen.has(enrollment.enrollmentId)) yield enrollment;
      seen.add(enrollment.enrollmentId);
    }
    read += ScannedCount;
    tell(read);
  }
}
