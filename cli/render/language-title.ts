/** How a language is called beside its message. */
import type { InLanguage } from "../../insight/preview/languages.ts";

/** Such as `German (de), of this customer`. */
export function languageTitle({ language, isOwn }: InLanguage): string {
  return `${language === null ? "Other languages" : nameOf(language)}${isOwn ? ", of this customer" : ""}`;
}

function nameOf(tag: string): string {
  const name = new Intl.DisplayNames("en", { type: "language" }).of(tag);
  return name === undefined || name === tag ? tag : `${name} (${tag})`;
}
