/** The templates whose texts decide what text messages cost. */

import { checkTemplate } from "../../lambdas/domain/checks/check-journey.ts";
import type { ComposedTemplate } from "../../lambdas/domain/messages/render.ts";
import { sharedTextsOf } from "../../lambdas/domain/messages/shared-text.ts";
import { kindOf } from "./document-kind.ts";

/** The templates, with the layouts and partials, among the documents, by id. A document that is no template, or that is broken, is left out. */
export function knownTemplates(documents: readonly unknown[]): ReadonlyMap<string, ComposedTemplate> {
  const shared = sharedTextsOf(documents.filter((each) => ["layout", "partial"].includes(kindOf(each) ?? "")));
  const templates = documents.flatMap((each) => {
    const checked = kindOf(each) === "template" ? checkTemplate(each, undefined, shared) : { problems: [] };
    return "value" in checked ? [[checked.value.id, { ...checked.value, shared }] as const] : [];
  });
  return new Map(templates);
}
