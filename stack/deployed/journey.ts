/** Finds a journey of the stack by the id on the command line. */

import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import { didYouMean } from "../../lambdas/domain/values/did-you-mean.ts";
import type { Stack } from "../stack.ts";
import { UsageError, unknown } from "../usage-error.ts";

/** @throws UsageError when the journey does not exist, or has never been live. */
export async function liveJourney(id: string, stack: Stack): Promise<LiveJourney> {
  const live = await stack.ports.journeys.live(id);
  if (live) return live;
  if (await stack.journey(id))
    throw new UsageError(
      `The journey "${id}" has never been live. journeys show ${id} shows the outcome of its last save.`,
    );
  throw await noJourney(id, stack);
}

/** The error for an id that no journey of the stack has. The error names the most similar id. */
export async function noJourney(id: string, stack: Stack): Promise<UsageError> {
  const known = (await stack.journeys()).map((journey) => journey.id);
  return unknown("journey", id, didYouMean(id, known) || " journeys list shows all.");
}
