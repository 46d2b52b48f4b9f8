/**
 * Publishes a template, a layout or a partial that an admin has saved. A text without errors becomes live; a save with an
 * error changes nothing that is live, so customers keep getting the last good text. The outcome is written back into the
 * document.
 *
 * Every step may run twice: the stream delivers a record again after a crash.
 */
import { checkTemplate } from "../../domain/checks/check-journey.ts";
import { dataNamesOf } from "../../domain/checks/check-variables.ts";
import { isError, type Problem } from "../../domain/documents/problem.ts";
import { members } from "../../domain/documents/unchecked-document.ts";
import { isSharedKind, type SharedText } from "../../domain/messages/shared-text.ts";
import type { Template } from "../../domain/messages/template.ts";
import { sharedWith } from "../../domain/messages/uses.ts";
import type { Ports } from "../ports.ts";
import type { Save, TemplatePublication } from "../publication.ts";
import { checkSharedSave } from "./check-shared-save.ts";

export interface SavedTemplate extends Save {
  readonly document: { readonly id?: unknown; readonly [name: string]: unknown };
  /** The document before the save. */
  readonly before?: unknown;
}

type PublishPorts = Pick<Ports, "templates" | "segments" | "journeys" | "clock">;

interface Found {
  /** The text that becomes live when there is no error. */
  readonly text: Template | SharedText | undefined;
  readonly problems: readonly Problem[];
  /** The last good text of a template that was saved before templates had live copies. */
  readonly last?: Template | undefined;
}

/** `undefined`: a newer save is live. */
export async function publishTemplate(
  save: SavedTemplate,
  ports: PublishPorts,
): Promise<TemplatePublication | undefined> {
  const { templates, segments, clock } = ports;
  const { publication: _, ...document } = save.document;
  const id = String(document.id);
  const live = await templates.live(id);
  if (live?.order !== undefined && save.order !== undefined && live.order > save.order) return undefined;
  const {
    text,
    problems: found,
    last,
  }: Found = isSharedKind(document.kind)
    ? await checkSharedSave(document, live?.text, ports)
    : await checkTemplateSave(document, live?.text, save.before, ports);
  const taken = (await segments.live(id)) ? [kindChanged("segment")] : [];
  const problems = [...found, ...taken];
  const at = clock.now();
  if (!text || problems.some(isError)) {
    const rejected: TemplatePublication = { state: "rejected", at, problems };
    await templates.publish(id, live || taken.length > 0 ? undefined : last, rejected, save);
    return rejected;
  }
  const published: TemplatePublication = { state: "published", at, problems };
  await templates.publish(id, text, published, save);
  return published;
}

/** All kinds of this table share one space of ids. A live document of another kind must not be replaced. */
export function kindChanged(kind: string): Problem {
  return { path: "id", code: "kind-changed", message: `This is the id of a ${kind} that is live. Use another id.` };
}

async function checkTemplateSave(
  document: Readonly<Record<string, unknown>>,
  live: Template | SharedText | undefined,
  before: unknown,
  { templates, journeys }: PublishPorts,
): Promise<Found> {
  const all = (await journeys.catalog()).journeys.map(({ journey }) => journey);
  const given = dataNamesOf(all).get(String(document.id));
  const last = live ?? goodText(before);
  const shared = await sharedWith(document, (id) => templates.shared(id));
  const checked = checkTemplate(document, given, shared);
  const found = "problems" in checked ? checked.problems : checked.warnings;
  return {
    text: "value" in checked ? checked.value : undefined,
    problems: [...found, ...kindProblems(last, document), ...(given ? channelProblems(last, document) : [])],
    last: last && "channel" in last ? last : undefined,
  };
}

function goodText(before: unknown): Template | undefined {
  if (before === undefined) return undefined;
  const { publication: _, ...document } = members(before);
  const checked = checkTemplate(document);
  return "value" in checked ? checked.value : undefined;
}

/** Templates were checked with the layout or partial that has this id. */
function kindProblems(last: Template | SharedText | undefined, { id }: Readonly<Record<string, unknown>>): Problem[] {
  if (!last || "channel" in last) return [];
  const message = `"${id}" is the id of a ${last.kind}. Save the template under an id of its own.`;
  return [{ path: "id", code: "kind-changed", message }];
}

/** Journeys that send the template were checked with its channel. */
function channelProblems(
  last: Template | SharedText | undefined,
  document: Readonly<Record<string, unknown>>,
): Problem[] {
  if (!last || !("channel" in last) || last.channel === document.channel) return [];
  const message = `A journey sends this template through the channel "${last.channel}". Save the text for the other channel under an id of its own.`;
  return [{ path: "channel", code: "channel-changed", message }];
}
