/**
 * The variant of a template, a layout or a partial in the customer's language. A language such as `de-AT` means the
 * variant `de-AT`, else the variant `de`, else the document itself (RFC 4647, lookup). Members that the variant lacks come
 * from the document.
 */
import type { Problem } from "../documents/problem.ts";
import { members } from "../documents/unchecked-document.ts";
import type { Json } from "../values/json.ts";

interface Translated {
  readonly languages?: Readonly<Record<string, object>> | undefined;
}

/** Each variant is the same object every time, because it is compiled once. */
const known = new WeakMap<Translated, Map<string, Translated>>();

export function variantFor<T extends Translated>(document: T, language: Json | undefined): T {
  const tag = document.languages && languageOf(document, language);
  if (tag === undefined) return document;
  const variants = known.get(document) ?? new Map<string, Translated>();
  known.set(document, variants);
  const variant = variants.get(tag) ?? { ...document, ...document.languages?.[tag] };
  variants.set(tag, variant);
  return variant as T;
}

/** The tag of the variant, as the document writes it; `undefined`: the document itself. */
export function languageOf({ languages = {} }: Translated, language: Json | undefined): string | undefined {
  if (typeof language !== "string") return undefined;
  const tags = new Map(Object.keys(languages).map((tag) => [tag.toLowerCase(), tag]));
  const asked = language.toLowerCase().replaceAll("_", "-").split("-");
  for (let length = asked.length; length > 0; length--) {
    const found = tags.get(asked.slice(0, length).join("-"));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The case of a tag does not matter, so of two tags that differ only in case, customers would get one variant. */
export function repeatedLanguages(languages: unknown): Problem[] {
  const seen = new Map<string, string>();
  return Object.keys(members(languages)).flatMap((tag) => {
    const first = seen.get(tag.toLowerCase());
    seen.set(tag.toLowerCase(), first ?? tag);
    const message = `"${tag}" and "${first}" are the same language. Keep one of them.`;
    return first === undefined ? [] : [{ path: `languages.${tag}`, code: "bad-language", message }];
  });
}
