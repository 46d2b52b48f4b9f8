/**
 * Publishes one save of a journey, unless a newer save of the same journey is live: the stream may deliver an older save
 * again after a crash.
 */
import type { Publication, Save } from "../ports.ts";
import { type PublishPorts, publishJourney } from "./publish-journey.ts";

interface SavedJourney extends Save {
  readonly document: { readonly id?: unknown };
}

export async function publishSave(save: SavedJourney, ports: PublishPorts): Promise<Publication | undefined> {
  const journeyId = String(save.document.id);
  const { order } = (await ports.journeys.live(journeyId)) ?? {};
  if (order !== undefined && save.order !== undefined && order > save.order) return undefined;
  return publishJourney(journeyId, save.document, ports, save.order);
}
