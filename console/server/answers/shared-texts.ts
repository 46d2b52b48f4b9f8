/** Layouts and partials, and the templates whose messages each of them changes. */
import { contentOf } from "../../../insight/documents/document-text.ts";
import { templatesWith, textsIn } from "../../../insight/documents/shared-uses.ts";
import { checkShared } from "../../../lambdas/domain/checks/check-journey.ts";
import { type SharedKind, sharedTextsOf } from "../../../lambdas/domain/messages/shared-text.ts";
import type { Item, Stack } from "../../../stack/stack.ts";
import type { SharedRow, TemplateAnswer } from "../../api/templates.ts";

export async function sharedRows(stack: Stack): Promise<SharedRow[]> {
  const [texts, templates] = await Promise.all([stack.sharedTexts(), stack.templates()]);
  const shared = sharedTextsOf(texts);
  return texts.map((text) => {
    const id = String(text.id);
    return { id, kind: text.kind as SharedKind, changes: templatesWith(id, templates, shared) };
  });
}

/**
 * The answer about a layout or partial. It has no preview, because customers do not get a layout or partial by itself.
 */
export async function sharedAnswer(document: Item, stack: Stack): Promise<TemplateAnswer> {
  const [texts, templates] = await Promise.all([stack.sharedTexts(), stack.templates()]);
  const shared = sharedTextsOf(texts);
  const checked = checkShared(document, shared);
  return {
    document: contentOf(document),
    problems: "problems" in checked ? checked.problems : checked.warnings,
    usedBy: [],
    languages: [],
    uses: textsIn(document, shared),
    changes: templatesWith(String(document.id), templates, shared),
  };
}
