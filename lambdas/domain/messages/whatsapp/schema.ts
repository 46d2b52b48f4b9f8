/**
 * The member `whatsapp` of a template: an approved template of the WhatsApp Business account, and the values of its
 * variables. This file holds the schema and the problems of it; `content.ts` renders the values.
 */
import * as z from "zod/mini";
import type { Problem } from "../../documents/problem.ts";
import { entries, members } from "../../documents/unchecked-document.ts";
import { liquid } from "../liquid/liquid-text.ts";

/**
 * The schema of a text that must match `form`. `code` and `mustBe`: the code and the message of the problem when the
 * text does not match.
 */
function word(code: string, form: RegExp, mustBe: string, description: string) {
  const error = ({ input }: { input: unknown }) => `${JSON.stringify(input)} ${mustBe}.`;
  return z.string().check(
    z.refine((text) => form.test(text), { error, params: { code } }),
    z.meta({ description, pattern: form.source }),
  );
}

const header = z
  .strictObject({
    text: z.optional(liquid(1_000, "Liquid: the value of the variable in a header of text")),
    image: z.optional(liquid(2_000, "Liquid: the address of the picture")),
    video: z.optional(liquid(2_000, "Liquid: the address of the film")),
    document: z.optional(liquid(2_000, "Liquid: the address of the document")),
  })
  .check(z.describe("The header: one of these members"));

const button = z
  .strictObject({
    index: z.int().check(z.gte(0), z.lte(9), z.describe("The place of the button in the approved template, from 0")),
    url: z.optional(liquid(2_000, "Liquid: the end of the button's address")),
    payload: z.optional(liquid(1_000, "Liquid: the text that comes back when the customer presses a quick reply")),
    code: z.optional(liquid(1_000, "Liquid: the code that the button copies")),
  })
  .check(z.describe("The value of one button: index, and one of the other members"));

export const whatsapp = z
  .strictObject({
    template: word(
      "bad-whatsapp-template",
      /^[a-z0-9_]{1,512}$/,
      "is not a name of a WhatsApp template: use small letters, digits and underscores",
      "The name of the approved template in the WhatsApp Business account",
    ),
    language: z.optional(
      word(
        "bad-whatsapp-language",
        /^[a-z]{2,3}(_[A-Z]{2,3})?$/,
        "is not a language of WhatsApp such as de or en_US",
        "WhatsApp's code of the language, such as en_US; absent: the language of the variant, else en_US",
      ),
    ),
    header: z.optional(header),
    body: z
      .optional(z.array(liquid(4_000, "Liquid: the value of a variable")).check(z.maxLength(50)))
      .check(z.describe("The values of the variables {{1}}, {{2}} … of the body")),
    buttons: z
      .optional(z.array(button).check(z.maxLength(10)))
      .check(z.describe("The values of the buttons that have a variable")),
  })
  .check(z.describe("An approved template of the WhatsApp Business account, instead of a text"));

export type WhatsappTemplate = z.infer<typeof whatsapp>;

/** What the document and its variants say about WhatsApp that the schema cannot check. */
export function whatsappProblems(input: unknown): Problem[] {
  const document = members(input);
  const variants = entries(document.languages).map(
    ([tag, variant]) => [`languages.${tag}`, members(variant), { ...document, ...members(variant) }] as const,
  );
  return [["", document, document] as const, ...variants].flatMap(([path, own, whole]) => [
    ...(own.whatsapp === undefined ? [] : memberProblems(own.whatsapp, path === "" ? "whatsapp" : `${path}.whatsapp`)),
    ...bothProblems(path, own, whole),
  ]);
}

type Document = Readonly<Record<string, unknown>>;

function bothProblems(path: string, own: Document, whole: Document): Problem[] {
  const { channel, whatsapp, text, layout } = whole;
  if (whatsapp === undefined) return [];
  const at = (member: string) => (path === "" ? member : `${path}.${member}`);
  if (channel !== "whatsapp") {
    const message = `Only a message of the channel "whatsapp" has an approved template. Remove "whatsapp".`;
    return own.whatsapp === undefined ? [] : [{ path: at("whatsapp"), code: "not-for-channel", message }];
  }
  if (text !== undefined && (own.text !== undefined || own.whatsapp !== undefined)) {
    const message = `The message has both "whatsapp" and "text". Keep "whatsapp" to send the approved template, or "text" to send a text within 24 hours of the customer's newest message.`;
    return [{ path: at(own.text === undefined ? "whatsapp" : "text"), code: "two-contents", message }];
  }
  if (layout !== undefined && path === "") {
    const message = `An approved template has no layout. Remove "layout".`;
    return [{ path: "layout", code: "not-for-channel", message }];
  }
  return [];
}

function memberProblems(whatsapp: unknown, path: string): Problem[] {
  const { header, buttons } = members(whatsapp);
  const list = Array.isArray(buttons) ? buttons : [];
  const seen = new Set<unknown>();
  return [
    ...(header === undefined ? [] : oneOf(header, ["text", "image", "video", "document"], `${path}.header`)),
    ...list.flatMap((button: unknown, place) => {
      const { index } = members(button);
      const repeated = index !== undefined && seen.has(index);
      seen.add(index);
      const message = `Two buttons have the index ${String(index)}. Give each button its own place in the approved template.`;
      return [
        ...oneOf(button, ["url", "payload", "code"], `${path}.buttons[${place}]`),
        ...(repeated ? [{ path: `${path}.buttons[${place}].index`, code: "duplicate-button", message }] : []),
      ];
    }),
  ];
}

function oneOf(value: unknown, names: readonly string[], path: string): Problem[] {
  const given = names.filter((name) => members(value)[name] !== undefined);
  if (given.length === 1 || members(value) !== value) return [];
  const message = `${given.length === 0 ? "One member is missing here" : `Only one of these members may stand here`}. Give it exactly one of ${names.join(", ")}.`;
  return [{ path, code: given.length === 0 ? "missing-member" : "two-contents", message }];
}
