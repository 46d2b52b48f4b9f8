/** Checks a template that an admin has saved, with its layout and partials, and with the data that live journeys give it. */
import { checkTemplate } from "../../domain/checks/check-journey.ts";
import { missingTexts } from "../../domain/checks/check-shared.ts";
import { dataNamesOf } from "../../domain/checks/check-variables.ts";
import type { Problem } from "../../domain/documents/problem.ts";
import { type Members, members } from "../../domain/documents/unchecked-document.ts";
import type { SharedText } from "../../domain/messages/shared-text.ts";
import type { Template } from "../../domain/messages/template.ts";
import { sharedWith } from "../../domain/messages/uses.ts";
import type { Ports } from "../ports.ts";

export interface CheckedSave {
  /** The text that becomes live when there is no error. */
  readonly text: Template | SharedText | undefined;
  readonly problems: readonly Problem[];
  /** The layouts and partials that the document uses and that are not live. */
  readonly missing: readonly string[];
  /** The last good text of a template that was saved before templates had live copies. */
  readonly last?: Template | undefined;
}

export async function checkTemplateSave(
  document: Members,
  live: Template | SharedText | undefined,
  before: unknown,
  { templates, journeys }: Pick<Ports, "templates" | "journeys">,
): Promise<CheckedSave> {
  const all = (await journeys.catalog()).journeys.map(({ journey }) => journey);
  const given = dataNamesOf(all).get(String(document.id));
  const last = live ?? goodText(before);
  const shared = await sharedWith(document, (id) => templates.shared(id));
  const checked = checkTemplate(document, given, shared);
  const found = "problems" in checked ? checked.problems : checked.warnings;
  return {
    text: "value" in checked ? checked.value : undefined,
    problems: [
      ...found,
      ...kindProblems(last, String(document.id), "template", "id"),
      ...(given ? channelProblems(last, document) : []),
    ],
    missing: missingTexts(document, shared),
    last: last && "channel" in last ? last : undefined,
  };
}

function goodText(before: unknown): Template | undefined {
  if (before === undefined) return undefined;
  const { publication: _, ...document } = members(before);
  const checked = checkTemplate(document);
  return "value" in checked ? checked.value : undefined;
}

/** Templates were checked with a layout or partial, and journeys with a template. `path`: the member that has to change. */
export function kindProblems(
  live: Template | SharedText | undefined,
  id: string,
  kind: "template" | SharedText["kind"],
  path: "id" | "kind",
): Problem[] {
  const before = live && ("channel" in live ? "template" : live.kind);
  if (!before || before === kind) return [];
  const message = `"${id}" is the id of a ${before}. Save the ${kind} under an id of its own.`;
  return [{ path, code: "kind-changed", message }];
}

/** Journeys that send the template were checked with its channel. */
function channelProblems(last: Template | SharedText | undefined, document: Members): Problem[] {
  if (!last || !("channel" in last) || last.channel === document.channel) return [];
  const message = `A journey sends this template through the channel "${last.channel}". Save the text for the other channel under an id of its own.`;
  return [{ path: "channel", code: "channel-changed", message }];
}
