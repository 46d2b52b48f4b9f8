/** A deployed journey to be drawn, and a customer's way on it. */

import type { Marks } from "../../insight/picture/diagram/diagram.ts";
import { pathOf } from "../../insight/picture/diagram/overlay.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment.ts";
import type { Journey } from "../../lambdas/domain/journey.ts";
import { portsOf } from "../deployed/connect.ts";
import { decisionsIn } from "../deployed/customer-decisions.ts";
import { type CustomerRecord, recordOf } from "../deployed/customer-record.ts";
import { liveJourney } from "../deployed/journey.ts";
import type { DeployedStack } from "../deployed/stack.ts";
import { UsageError } from "../terminal/io.ts";

export interface Who {
  readonly customerId: string;
  /** Of several passages, this one. Default: the newest. */
  readonly enrollmentId?: string;
}

export async function onPicture(
  journeyId: string,
  who: Who | undefined,
  stack: DeployedStack,
): Promise<{ journey: Journey; marks?: Marks }> {
  const { journey: live } = await liveJourney(journeyId, stack);
  if (!who) return { journey: live };
  const record = recordOf(who.customerId, await stack.customer(who.customerId));
  const enrollment = passageOf(who, journeyId, record);
  const entered = await portsOf(stack).journeys.version(journeyId, enrollment.journeyVersion);
  if (!entered) throw new UsageError(`Version ${enrollment.journeyVersion} of "${journeyId}" is not there any more.`);
  // Exit rules and goals follow the live version, components the one that the customer entered with.
  const { exit: _, goals: __, ...components } = entered;
  const journey = {
    ...components,
    status: live.status,
    name: `${live.name}: ${who.customerId}`,
    ...(live.exit && { exit: live.exit }),
    ...(live.goals && { goals: live.goals }),
  };
  const decisions = (await decisionsIn(record, stack)).get(enrollment.enrollmentId);
  return { journey, marks: pathOf(enrollment, journey, decisions) };
}

function passageOf({ customerId, enrollmentId }: Who, journeyId: string, { enrollments }: CustomerRecord): Enrollment {
  const here = enrollments.filter((enrollment) => enrollment.journeyId === journeyId);
  const found = enrollmentId === undefined ? here.at(-1) : here.find((each) => each.enrollmentId === enrollmentId);
  if (found) return found;
  throw new UsageError(
    here.length > 0
      ? `The customer "${customerId}" has no enrollment "${enrollmentId}" in "${journeyId}". There are ${here.map((each) => each.enrollmentId).join(", ")}.`
      : `The customer "${customerId}" has not been in "${journeyId}". journeys why ${customerId} ${journeyId} says why.`,
  );
}
