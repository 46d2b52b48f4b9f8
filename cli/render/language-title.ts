/** How a language is called beside its message. */
import type { InLanguage } from "../../insight/preview/languages.ts";
import { languageOf } from "../../lambdas/domain/messages/variant.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";

/** Such as `German (de), this customer's message`. */
export function languageTitle({ language, isOwn }: InLanguage): string {
  return `${language === null ? "All other languages" : nameOf(language)}${isOwn ? ", this customer's message" : ""}`;
}

/** For a person who asked for one language; `undefined` when the message has a text in it. */
export function otherLanguageHint(tags: readonly string[], asked: Json): string | undefined {
  if (languageOf({ languages: Object.fromEntries(tags.map((tag) => [tag, {}])) }, asked) !== undefined)
    return undefined;
  if (tags.length === 0) return "The message is the same in every language, because no text of it has languages.";
  return `No text of the message has the language "${asked}", so this is the message for all other languages. Its languages: ${tags.join(", ")}.`;
}

function nameOf(tag: string): string {
  const name = new Intl.DisplayNames("en", { type: "language" }).of(tag);
  return name === undefined || name === tag ? tag : `${name} (${tag})`;
}
