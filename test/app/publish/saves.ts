/** Saves of a journey, and the live version. */
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import { on } from "../../behaviour/scenario-of.ts";
import type { World } from "../world.ts";

export const at = on("01-05 10:00");

export const published = (version: number) => ({ state: "published", version, at, problems: [] });

export const save = (world: World, document: Readonly<Record<string, unknown>>) =>
  publishJourney(String(document.id), document, world.ports);

export const live = async (world: World) => {
  const found = await world.journeys.live("j");
  return found && `v${found.version} ${found.journey.status} ${found.journey.name}`;
};
