/** The templates, layouts and partials of a stack, each with the outcome of its last edit. */
import type { TemplatePublication } from "../../lambdas/app/publication.ts";
import { isError } from "../../lambdas/domain/documents/problem.ts";
import type { Item, Stack } from "../stack.ts";
import type { Listed } from "./listed.ts";

export interface ListedTemplate {
  readonly templateId: string;
  /** `template`, or the kind of a shared text. */
  readonly kind: string;
  /** The outcome of the last edit. After a rejected edit, the last good text stays live. */
  readonly edit: Exclude<Listed["edit"], "deleted">;
  /** The number of problems of the last edit. */
  readonly problems: number;
}

export async function listedTemplates(stack: Stack): Promise<ListedTemplate[]> {
  const all = [...(await stack.templates()), ...(await stack.sharedTexts())];
  return all.map((item) => {
    const publication = publicationOf(item);
    return {
      templateId: String(item.id),
      kind: String(item.kind ?? "template"),
      edit: publication?.state ?? "pending",
      problems: publication?.problems.filter(isError).length ?? 0,
    };
  });
}

/** `undefined` until the stack has answered. */
export function publicationOf({ publication }: Item): TemplatePublication | undefined {
  return publication as TemplatePublication | undefined;
}
