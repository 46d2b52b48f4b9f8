/**
 * The content of a message that is an approved template of WhatsApp: its name, its language and the values of its
 * variables. Meta refuses a value that is empty or has a line break, a tab or more than four blanks in a row.
 */
import type { WhatsappTemplate } from "./schema.ts";

export interface WhatsappContent {
  readonly template: string;
  readonly language: string;
  readonly header?: { readonly kind: HeaderKind; readonly value: string };
  readonly body: readonly string[];
  readonly buttons: readonly { readonly index: number; readonly kind: ButtonKind; readonly value: string }[];
}

const headerKinds = ["text", "image", "video", "document"] as const;
export type HeaderKind = (typeof headerKinds)[number];
const buttonKinds = ["url", "payload", "code"] as const;
export type ButtonKind = (typeof buttonKinds)[number];

/** The language of a template that names none and has no variants, in which Meta makes its own examples. */
const DEFAULT_LANGUAGE = "en_US";

/**
 * `tag`: the language of the customer's variant, such as `pt-BR`. `rendered`: the value of a Liquid text.
 * @throws an `Error` when a value is empty
 */
export function whatsappContent(
  { template, language, header, body = [], buttons = [] }: WhatsappTemplate,
  tag: string | undefined,
  rendered: (source: string) => string,
): WhatsappContent {
  const value = (source: string) => {
    const text = rendered(source)
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim();
    if (text === "")
      throw new Error(`The value of ${source} is empty, and Meta refuses a template with an empty value.`);
    return text;
  };
  const head = header && only(header, headerKinds);
  return {
    template,
    language: language ?? (tag === undefined ? DEFAULT_LANGUAGE : codeOf(tag)),
    ...(head && { header: { kind: head.kind, value: value(head.source) } }),
    body: body.map(value),
    buttons: buttons.flatMap(({ index, ...given }) => {
      const one = only(given, buttonKinds);
      return one ? [{ index, kind: one.kind, value: value(one.source) }] : [];
    }),
  };
}

function only<K extends string>(given: Readonly<Partial<Record<K, string | undefined>>>, kinds: readonly K[]) {
  return kinds.flatMap((kind) => {
    const source = given[kind];
    return source === undefined ? [] : [{ kind, source }];
  })[0];
}

/** WhatsApp's code of a language: `pt-BR` is `pt_BR`. */
function codeOf(tag: string): string {
  return tag.replaceAll("-", "_");
}

/** The Liquid texts of the member, each with its path. The document may have problems. */
export function whatsappTexts(whatsapp: unknown, path: string): { readonly path: string; readonly source: string }[] {
  if (typeof whatsapp === "string") return [{ path, source: whatsapp }];
  if (Array.isArray(whatsapp)) return whatsapp.flatMap((item, place) => whatsappTexts(item, `${path}[${place}]`));
  if (typeof whatsapp !== "object" || whatsapp === null) return [];
  return Object.entries(whatsapp).flatMap(([name, value]) =>
    name === "template" || name === "language" ? [] : whatsappTexts(value, `${path}.${name}`),
  );
}
