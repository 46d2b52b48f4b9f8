/** Publishes journeys through the journeys port. */
import type { Publication } from "../../lambdas/app/ports.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { journeyOf, NOW } from "../domain/enrolled.ts";
import type { World } from "./ports.ts";

const done: Journey["components"] = {};
export const journey = (more: Partial<Journey> = {}): Journey => journeyOf(done, more);
export const outcome = (state: Publication["state"], version: number, at = NOW): Publication => ({
  state,
  version,
  at,
  problems: state === "rejected" ? [{ path: "start", code: "unknown", message: "There is none." }] : [],
});

export async function publish(
  { journeys }: World,
  document: Journey,
  version: number,
  more: Partial<LiveJourney> = {},
  at = NOW,
) {
  await journeys.freeze(document, version);
  await journeys.publish(document.id, { version, journey: document, ...more }, outcome("published", version, at));
}

export const names = (found: readonly LiveJourney[]) => found.map(({ journey: { id } }) => id).sort();
