/** The schemas of layouts and partials, as admins write them. */
import * as z from "zod/mini";
import type { Problem } from "../documents/problem.ts";
import { members } from "../documents/unchecked-document.ts";
import { id, languageTag } from "../documents/vocabulary.ts";
import { liquid } from "./liquid/liquid-text.ts";
import type { SharedKind } from "./shared-text.ts";
import { repeatedLanguages } from "./variant.ts";

const html = liquid(300_000, "Liquid, values are HTML-escaped; a layout holds {{ content }}, the message");
const text = liquid(
  300_000,
  "Liquid: the plain text; absent: a message keeps its text, a partial's is made from its html",
);

const sharedOf = <K extends SharedKind>(kind: K, description: string) =>
  z
    .strictObject({
      $schema: z.optional(z.string()).check(z.describe("For editors")),
      id: id(`The id of the ${kind}, its key in the table of templates`),
      kind: z.literal(kind).check(z.describe("What kind of text it is")),
      name: z.optional(z.string().check(z.minLength(1), z.maxLength(200))).check(z.describe("The name for people")),
      description: z.optional(z.string().check(z.maxLength(2000))).check(z.describe("The purpose, for people")),
      html,
      text: z.optional(text),
      languages: z
        .optional(z.record(languageTag, z.strictObject({ html: z.optional(html), text: z.optional(text) })))
        .check(z.describe("By language: the members that differ, chosen as for a template")),
      publication: z.optional(z.unknown()).check(z.describe("The outcome of the last save, written by the system")),
    })
    .check(
      z.meta({
        id: kind === "layout" ? "Layout" : "Partial",
        title: kind === "layout" ? "Layout" : "Partial",
        description,
      }),
    );

export const layout = sharedOf("layout", "What stands around the messages of several templates");
export const partial = sharedOf("partial", "A text that several templates put in");

/** What the schema cannot check. A layout without the message would send the same mail for every template. */
export function sharedTextProblems(input: unknown): Problem[] {
  const { kind, html, text, languages } = members(input);
  const repeated = repeatedLanguages(languages);
  if (kind !== "layout") return repeated;
  const variants = [
    ["", { html, text }] as const,
    ...Object.entries(members(languages)).map(([tag, each]) => [`languages.${tag}.`, members(each)] as const),
  ];
  const withoutContent = variants.flatMap(([place, variant]) =>
    (["html", "text"] as const).flatMap((part): Problem[] => {
      const source = variant[part];
      if (typeof source !== "string" || HOLDS_CONTENT.test(source)) return [];
      const message = `The layout has no {{ content }} here, so the message would be missing. Write {{ content }} where it belongs.`;
      return [{ path: `${place}${part}`, code: "layout-without-content", message }];
    }),
  );
  return [...repeated, ...withoutContent];
}

const HOLDS_CONTENT = /\{\{-?\s*content\b/;
