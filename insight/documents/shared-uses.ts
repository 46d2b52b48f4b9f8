/** Which templates a layout or partial changes, and which layouts and partials are in a document. */
import { type Members, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { SharedKind, SharedTexts } from "../../lambdas/domain/messages/shared-text.ts";
import { everyUse } from "../../lambdas/domain/messages/uses.ts";

/** The ids of the templates that use the text, directly or through their layout and partials. */
export function templatesWith(id: string, templates: readonly unknown[], shared: SharedTexts): readonly string[] {
  const users = templates.map(members).filter((each) => everyUse(each, shared).some(({ use }) => use.id === id));
  return users.map((each) => String(each.id));
}

export interface UsedText {
  readonly id: string;
  readonly kind: SharedKind;
}

/** The layouts and partials of a document, directly or through others, each once. */
export function textsIn(document: Members, shared: SharedTexts): readonly UsedText[] {
  const used = everyUse(document, shared).map(({ use }) => [use.id, { id: use.id, kind: use.kind }] as const);
  return [...new Map(used).values()];
}
