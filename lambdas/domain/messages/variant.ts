/**
 * The variant of a template in the customer's language. A language such as `de-AT` means the variant `de-AT`, else the
 * variant `de`, else the template itself (RFC 4647, lookup). Members that the variant lacks come from the template.
 */
import type { Json } from "../values/json.ts";
import type { Template } from "./template.ts";

/** Each variant of a template is the same object every time, because it is compiled once. */
const known = new WeakMap<Template, Map<string, Template>>();

export function variantFor(template: Template, language: Json | undefined): Template {
  const tag = template.languages && languageOf(template, language);
  if (tag === undefined) return template;
  const variants = known.get(template) ?? new Map<string, Template>();
  known.set(template, variants);
  const variant = variants.get(tag) ?? { ...template, ...template.languages?.[tag] };
  variants.set(tag, variant);
  return variant;
}

/** The tag of the variant, as the template writes it; `undefined`: the template itself. */
export function languageOf({ languages = {} }: Template, language: Json | undefined): string | undefined {
  if (typeof language !== "string") return undefined;
  const tags = new Map(Object.keys(languages).map((tag) => [tag.toLowerCase(), tag]));
  const asked = language.toLowerCase().replaceAll("_", "-").split("-");
  for (let length = asked.length; length > 0; length--) {
    const found = tags.get(asked.slice(0, length).join("-"));
    if (found !== undefined) return found;
  }
  return undefined;
}
