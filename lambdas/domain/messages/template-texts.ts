/**
 * The Liquid texts of a template in all its languages, for checks that examine each text. The document may have
 * problems.
 */
import { entries, type Members, members } from "../documents/unchecked-document.ts";
import { type Part, parts } from "./render.ts";
import { whatsappTexts } from "./whatsapp/content.ts";

export interface TemplateText {
  /** The path of the text in the template, such as `html` or `languages.de.html`. */
  readonly path: string;
  readonly part: Part;
  readonly source: string;
}

export function textsOf(template: Members): TemplateText[] {
  return [
    ...textsIn(template, ""),
    ...entries(template.languages).flatMap(([language, variant]) =>
      textsIn(members(variant), `languages.${language}.`),
    ),
  ];
}

function textsIn(variant: Members, place: string): TemplateText[] {
  const own = parts.flatMap((part) => {
    const source = variant[part];
    return typeof source === "string" ? [{ path: `${place}${part}`, part, source }] : [];
  });
  const values = whatsappTexts(variant.whatsapp, `${place}whatsapp`);
  return [...own, ...values.map((value) => ({ ...value, part: "text" }) as const)];
}
