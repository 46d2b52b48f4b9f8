/**
 * Publishes a segment that an admin has saved. A segment without errors becomes live; a save with an error changes nothing
 * that is live. A save that would break a journey or segment that uses the segment is an error too. The outcome is written
 * back into the document.
 *
 * Every step may run twice: the stream delivers a record again after a crash.
 */
import { checkSegment } from "../../domain/checks/check-segment.ts";
import { useProblems } from "../../domain/checks/check-segment-uses.ts";
import { isError } from "../../domain/documents/problem.ts";
import type { Ports } from "../ports.ts";
import type { SavedTemplate, TemplatePublication } from "../publication.ts";
import { kindChanged } from "./publish-template.ts";

/** `undefined`: a newer save is live. */
export async function publishSegment(
  save: SavedTemplate,
  { segments, templates, journeys, clock }: Pick<Ports, "segments" | "templates" | "journeys" | "clock">,
): Promise<TemplatePublication | undefined> {
  const { publication: _, ...document } = save.document;
  const id = String(document.id);
  const live = await segments.live(id);
  if (live?.order !== undefined && save.order !== undefined && live.order > save.order) return undefined;
  const all = await segments.all();
  const checked = checkSegment(document, all);
  const at = clock.now();
  const found = "problems" in checked ? checked.problems : checked.warnings;
  const users = "value" in checked ? (await journeys.catalog()).journeys.map(({ journey }) => journey) : [];
  const broken = "value" in checked ? useProblems(checked.value, all, users) : [];
  const other = (await templates.live(id))?.text;
  const taken = other ? [kindChanged("kind" in other ? other.kind : "template")] : [];
  const problems = [...found, ...broken, ...taken];
  if ("problems" in checked || problems.some(isError)) {
    const rejected: TemplatePublication = { state: "rejected", at, problems };
    await segments.publish(id, undefined, rejected, save);
    return rejected;
  }
  const published: TemplatePublication = { state: "published", at, problems };
  await segments.publish(id, checked.value, published, save);
  return published;
}
