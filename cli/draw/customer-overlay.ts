/** Loads a deployed journey to draw, and one customer's path as an overlay. */

import type { CustomerRecord } from "../../insight/customer/record.ts";
import type { Overlay } from "../../insight/picture/diagram/diagram.ts";
import { journeyUnder, overlayOf } from "../../insight/picture/diagram/overlay.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { decisionsIn, enteredJourneys } from "../../stack/deployed/customer-decisions.ts";
import { recordOf } from "../../stack/deployed/customer-record.ts";
import { liveJourney } from "../../stack/deployed/journey.ts";
import type { Stack } from "../../stack/stack.ts";
import { UsageError } from "../../stack/usage-error.ts";

export interface WantedPath {
  readonly customerId: string;
  /** Default: the newest enrollment in the journey. */
  readonly enrollmentId?: string;
}

export async function customerOverlay(
  journeyId: string,
  wanted: WantedPath | undefined,
  stack: Stack,
): Promise<{ journey: Journey; overlay?: Overlay }> {
  const { journey: live } = await liveJourney(journeyId, stack);
  if (!wanted) return { journey: live };
  const record = recordOf(wanted.customerId, await stack.customer(wanted.customerId));
  const enrollment = enrollmentOf(wanted, journeyId, record);
  const entered = await stack.ports.journeys.version(journeyId, enrollment.journeyVersion);
  if (!entered) throw new UsageError(`Version ${enrollment.journeyVersion} of "${journeyId}" is not stored any more.`);
  const journey = journeyUnder(entered, live, wanted.customerId);
  const decisions = decisionsIn(record, await enteredJourneys(record, stack), stack).get(enrollment.enrollmentId);
  return { journey, overlay: overlayOf(enrollment, journey, decisions) };
}

function enrollmentOf(
  { customerId, enrollmentId }: WantedPath,
  journeyId: string,
  { enrollments }: CustomerRecord,
): Enrollment {
  const here = enrollments.filter((enrollment) => enrollment.journeyId === journeyId);
  const found = enrollmentId === undefined ? here.at(-1) : here.find((each) => each.enrollmentId === enrollmentId);
  if (found) return found;
  throw new UsageError(
    here.length > 0
      ? `The customer "${customerId}" has no enrollment "${enrollmentId}" in "${journeyId}". The enrollments are ${here.map((each) => each.enrollmentId).join(", ")}.`
      : `The customer "${customerId}" has never entered "${journeyId}". journeys why ${customerId} ${journeyId} shows why.`,
  );
}
