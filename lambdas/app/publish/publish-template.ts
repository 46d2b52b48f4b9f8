/**
 * Publishes a template that an admin has saved. A text without errors becomes live; a save with an error changes nothing
 * that is live, so customers keep getting the last good text. The outcome is written back into the document.
 *
 * Every step may run twice: the stream delivers a record again after a crash.
 */
import { checkTemplate } from "../../domain/checks/check-journey.ts";
import { dataNamesOf } from "../../domain/checks/check-variables.ts";
import { isError, type Problem } from "../../domain/documents/problem.ts";
import { members } from "../../domain/documents/unchecked-document.ts";
import type { Template } from "../../domain/messages/template.ts";
import type { Ports, Save, TemplatePublication } from "../ports.ts";

export interface SavedTemplate extends Save {
  readonly document: { readonly id?: unknown; readonly [name: string]: unknown };
  /** The document before the save. */
  readonly before?: unknown;
}

/** `undefined`: a newer save is live. */
export async function publishTemplate(
  save: SavedTemplate,
  { templates, segments, journeys, clock }: Pick<Ports, "templates" | "segments" | "journeys" | "clock">,
): Promise<TemplatePublication | undefined> {
  const { publication: _, ...document } = save.document;
  const id = String(document.id);
  const live = await templates.live(id);
  if (live?.order !== undefined && save.order !== undefined && live.order > save.order) return undefined;
  const all = (await journeys.catalog()).journeys.map(({ journey }) => journey);
  const given = dataNamesOf(all).get(id);
  // A template that was saved before templates had live copies: its last good text becomes the live one.
  const last = live?.template ?? goodText(save.before);
  const checked = checkTemplate(document, given);
  const found = "problems" in checked ? checked.problems : checked.warnings;
  const taken = (await segments.live(id)) ? [kindChanged("segment")] : [];
  const problems = [...found, ...(given ? channelProblems(last, document) : []), ...taken];
  const at = clock.now();
  if ("problems" in checked || problems.some(isError)) {
    const rejected: TemplatePublication = { state: "rejected", at, problems };
    await templates.publish(id, live || taken.length > 0 ? undefined : last, rejected, save);
    return rejected;
  }
  const published: TemplatePublication = { state: "published", at, problems };
  await templates.publish(id, checked.value, published, save);
  return published;
}

/** Templates and segments share one space of ids. A live document of the other kind must not be replaced. */
export function kindChanged(kind: "template" | "segment"): Problem {
  return { path: "id", code: "kind-changed", message: `This is the id of a ${kind} that is live. Use another id.` };
}

function goodText(before: unknown): Template | undefined {
  if (before === undefined) return undefined;
  const { publication: _, ...document } = members(before);
  const checked = checkTemplate(document);
  return "value" in checked ? checked.value : undefined;
}

/** Journeys that send the template were checked with its channel. */
function channelProblems(last: Template | undefined, document: Readonly<Record<string, unknown>>): Problem[] {
  if (!last || last.channel === document.channel) return [];
  const message = `A journey sends this template through the channel "${last.channel}". Save the text for the other channel under an id of its own.`;
  return [{ path: "channel", code: "channel-changed", message }];
}
