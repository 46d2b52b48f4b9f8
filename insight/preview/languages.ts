/** The message of a customer in every language that the template, its layout or one of its partials has a text in. */
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import { members } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { ComposedTemplate } from "../../lambdas/domain/messages/render.ts";
import { everyUse } from "../../lambdas/domain/messages/uses.ts";
import { languageOf } from "../../lambdas/domain/messages/variant.ts";
import type { Preview } from "./preview.ts";

export interface InLanguage {
  /** `null`: the texts without a language, for customers of every other language. */
  readonly language: string | null;
  /** Whether the customer gets the message in this language. */
  readonly isOwn: boolean;
  readonly preview: Preview;
}

/** The languages of the variants of the template, its layout and its partials. */
export function languageTags(template: ComposedTemplate): readonly string[] {
  const used = everyUse(members(template), template.shared ?? {}).map(({ text }) => text);
  return [...new Set([template, ...used].flatMap((text) => Object.keys(text?.languages ?? {})))].sort();
}

/** Empty when there is only one language. */
export function inEveryLanguage(
  template: ComposedTemplate,
  customer: Customer,
  show: (customer: Customer) => Preview,
): readonly InLanguage[] {
  const tags = languageTags(template);
  if (tags.length === 0) return [];
  const own = languageOf({ languages: Object.fromEntries(tags.map((tag) => [tag, {}])) }, customer.attributes.language);
  const { language: _, ...others } = customer.attributes;
  return [null, ...tags].map((language) => ({
    language,
    isOwn: language === (own ?? null),
    preview: show({ ...customer, attributes: { ...others, ...(language !== null && { language }) } }),
  }));
}
