/**
 * Publishes one save of a document, unless a newer save of the same document is live: the stream may deliver an older
 * save again after a crash.
 */
import type { Publication, SavedTemplate, TemplatePublication } from "../publication.ts";
import { type PublishPorts, publishJourney } from "./publish-journey.ts";
import { publishSegment } from "./publish-segment.ts";
import { publishTemplate } from "./publish-template.ts";

export interface SavedDocument extends SavedTemplate {
  readonly kind: "journey" | "template" | "segment";
}

export async function publishSave(
  save: SavedDocument,
  ports: PublishPorts,
): Promise<Publication | TemplatePublication | undefined> {
  if (save.kind === "template") return publishTemplate(save, ports);
  if (save.kind === "segment") return publishSegment(save, ports);
  const journeyId = String(save.document.id);
  const { order } = (await ports.journeys.live(journeyId)) ?? {};
  if (order !== undefined && save.order !== undefined && order > save.order) return undefined;
  return publishJourney(journeyId, save.document, ports, save.order);
}
