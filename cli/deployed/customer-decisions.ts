/** The decisions of all enrollments of a customer in a stack. Each enrollment is read with its own version. */

import type { CustomerRecord } from "../../insight/customer/record.ts";
import { type Decision, decisionsOf } from "../../insight/decisions/decisions.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { minus } from "../../lambdas/domain/time/time.ts";
import type { Stack } from "../stack/stack.ts";

export async function decisionsIn(
  record: CustomerRecord,
  stack: Stack,
): Promise<Map<string, (Decision | undefined)[]>> {
  const { clock, journeys } = stack.ports;
  const keptSince = minus(clock.now(), `P${stack.output("EventRetentionDays")}D`);
  const versions = new Map<string, Promise<Journey | undefined>>();
  const version = ({ journeyId, journeyVersion }: Enrollment) => {
    const name = `${journeyId} ${journeyVersion}`;
    const found = versions.get(name) ?? journeys.version(journeyId, journeyVersion);
    versions.set(name, found);
    return found;
  };
  const found = new Map<string, (Decision | undefined)[]>();
  for (const enrollment of record.enrollments) {
    const journey = await version(enrollment);
    if (journey) found.set(enrollment.enrollmentId, decisionsOf(enrollment, journey, record, keptSince));
  }
  return found;
}
