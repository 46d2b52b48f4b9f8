/** Reads the two versions that an enrollment follows: the live one for its rules, the entered one for its components. */

import type { Versions } from "../domain/enrollment/activity.ts";
import type { Enrollment } from "../domain/enrollment/enrollment.ts";
import type { Journey } from "../domain/journey/journey.ts";
import type { Time } from "../domain/time/time.ts";
import { PermanentError } from "./errors.ts";
import type { StoredJourneys } from "./ports.ts";

export interface EnrollmentVersions extends Versions {
  readonly live: Journey;
  readonly entered: Journey;
  /** The time of the journey's last stop. */
  readonly stoppedAt: Time | undefined;
}

export async function versionsOf(
  { journeyId, journeyVersion }: Pick<Enrollment, "journeyId" | "journeyVersion">,
  { journeys }: { readonly journeys: StoredJourneys },
): Promise<EnrollmentVersions> {
  const [live, entered] = [await journeys.live(journeyId), await journeys.version(journeyId, journeyVersion)];
  if (!entered)
    throw new PermanentError(
      `Version ${journeyVersion} of journey "${journeyId}" is gone. Versions must not be deleted.`,
    );
  return { live: live?.journey ?? entered, entered, stoppedAt: live?.stoppedAt };
}
