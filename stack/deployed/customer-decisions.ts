/** The journeys of all enrollments of a customer, and the decisions in them. Each enrollment is read with its own version. */

import type { CustomerRecord } from "../../insight/customer/record.ts";
import { type Decision, decisionsOf } from "../../insight/decisions/decisions.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { componentNames, withNames } from "../../lambdas/domain/journey/component-names.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { minus } from "../../lambdas/domain/time/time.ts";
import type { Stack } from "../stack.ts";

/** The journeys of a customer's enrollments, by `versionRef`: the version that the customer entered with, with the names of today. */
export type EnteredJourneys = ReadonlyMap<string, Journey>;

export const versionRef = ({ journeyId, journeyVersion }: Pick<Enrollment, "journeyId" | "journeyVersion">) =>
  `${journeyId} ${journeyVersion}`;

export async function enteredJourneys({ enrollments }: CustomerRecord, { ports }: Stack): Promise<EnteredJourneys> {
  const found = new Map<string, Journey>();
  for (const enrollment of enrollments) {
    const { journeyId, journeyVersion } = enrollment;
    if (found.has(versionRef(enrollment))) continue;
    const entered = await ports.journeys.version(journeyId, journeyVersion);
    if (!entered) continue;
    const live = (await ports.journeys.live(journeyId))?.journey;
    const { name, status } = live ?? entered;
    found.set(versionRef(enrollment), { ...withNames(entered, live && componentNames(live)), name, status });
  }
  return found;
}

export function decisionsIn(
  record: CustomerRecord,
  journeys: EnteredJourneys,
  stack: Stack,
): Map<string, (Decision | undefined)[]> {
  const keptSince = minus(stack.ports.clock.now(), `P${stack.output("EventRetentionDays")}D`);
  const found = new Map<string, (Decision | undefined)[]>();
  for (const enrollment of record.enrollments) {
    const journey = journeys.get(versionRef(enrollment));
    if (journey) found.set(enrollment.enrollmentId, decisionsOf(enrollment, journey, record, keptSince));
  }
  return found;
}
