/** The schema of a template, as admins write it. `render.ts` renders templates. */
import * as z from "zod/mini";
import type { Problem } from "../documents/problem.ts";
import { entries, members } from "../documents/unchecked-document.ts";
import { id, languageTag } from "../documents/vocabulary.ts";
import { type Channel, channels, isChannel } from "./channel.ts";
import { traitsOf } from "./channel-traits.ts";
import { whatsapp, whatsappProblems } from "./whatsapp/schema.ts";

export const liquid = (most: number, description: string) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.describe(description));

/** For JSON Schema: the templates that need no subject. */
const withoutSubject = channels
  .filter((channel) => !traitsOf(channel).needsSubject)
  .flatMap((channel) =>
    contentsOf(channel).map((part) => ({
      required: [part],
      properties: { channel: { const: channel, description: "Its messages need no subject" } },
    })),
  );

/** The members of which a message of the channel needs one. */
function contentsOf(channel: Channel): readonly ("html" | "text" | "whatsapp")[] {
  const { textOnly, textWithin } = traitsOf(channel);
  if (textWithin !== undefined) return ["text", "whatsapp"];
  return textOnly ? ["text"] : ["html", "text"];
}

/** What a message says, in one language. */
const texts = {
  subject: z.optional(liquid(998, "Liquid: the subject line; an email needs one")),
  preheader: z.optional(liquid(998, "Liquid: the line that mail programs show beside the subject")),
  html: z.optional(liquid(300_000, "Liquid, values are HTML-escaped")),
  text: z.optional(liquid(300_000, "Liquid: the plain text; absent: made from the html")),
  whatsapp: z.optional(whatsapp),
};

const languages = z
  .record(
    languageTag,
    z.strictObject(texts).check(z.meta({ id: "Variant", description: "The message in one language" })),
  )
  .check(
    z.describe(
      "By language: the members that differ. A customer with language de-AT gets de-AT, else de, else the template",
    ),
  );

export const template = z
  .strictObject({
    $schema: z.optional(z.string()).check(z.describe("For editors")),
    id: id("The template's id, its key in the table"),
    name: z.optional(z.string().check(z.minLength(1), z.maxLength(200))).check(z.describe("The name for people")),
    description: z.optional(z.string().check(z.maxLength(2000))).check(z.describe("The purpose, for people")),
    channel: z
      .enum(channels)
      .check(
        z.describe(
          "email: sent by the system. event: published as message.requested, for an app of your own that sends it (such as push) and reports back by message.status. sms and whatsapp: sent by the system to customer.phone, if the stack has the channel switched on",
        ),
      ),
    class: z
      .enum(["marketing", "transactional"])
      .check(
        z.describe("marketing: only to customers who want it, at most once. transactional: the customer asked for it"),
      ),
    topic: z.optional(
      id("The subject, such as news: customers unsubscribe from a topic, or from all marketing; marketing only"),
    ),
    layout: z.optional(id("The layout into which the message is put")),
    ...texts,
    languages: z.optional(languages),
    publication: z.optional(z.unknown()).check(z.describe("The outcome of the last save, written by the system")),
  })
  .check(
    z.meta({
      id: "Template",
      title: "Template",
      description: "What a message says",
      anyOf: [{ required: ["subject", "html"] }, { required: ["subject", "text"] }, ...withoutSubject],
    }),
  );
export type Template = z.infer<typeof template>;

/**
 * Finds members that are missing or contradict each other. This is no refinement of the schema, because zod runs
 * refinements only on a document whose shape has no problem.
 */
export function contentProblems(input: unknown): Problem[] {
  const { channel, subject, html, text, topic, class: kind } = members(input);
  if (members(input) !== input) return [];
  const problems: Problem[] = [];
  const add = (path: string, code: string, message: string) => problems.push({ path, code, message });
  if (subject === undefined && !(isChannel(channel) && !traitsOf(channel).needsSubject))
    add("subject", "missing-member", '"subject" is missing here (Liquid: the subject line). Add it.');
  const textOnly = isChannel(channel) && traitsOf(channel).textOnly;
  const contents = isChannel(channel) ? contentsOf(channel) : ["html", "text"];
  if (
    contents.every((content) => members(input)[content] === undefined) &&
    (html === undefined || !textOnly || contents.length > 1)
  )
    add("", "missing-content", `The template says nothing. Give it ${saysOf(contents)}.`);
  else if (contents.every((content) => members(input)[content] === undefined))
    add(
      "text",
      "missing-member",
      `"text" is missing here. A message of the channel "${channel}" is text only. Add it.`,
    );
  if (textOnly) for (const part of moreThanText(input)) add(part, "not-for-channel", notForChannel(channel, part));
  problems.push(...whatsappProblems(input));
  if (topic !== undefined && kind === "transactional")
    add(
      "topic",
      "topic-of-transactional",
      "A transactional message has no topic, because customers cannot unsubscribe from it. Remove the topic, or make the class marketing.",
    );
  for (const [language, variant] of entries(members(input).languages)) {
    const own = members(variant);
    for (const [name, value] of Object.entries({ subject, html, text }))
      if (value !== undefined && own[name] === undefined && Object.keys(own).length > 0)
        problems.push({
          path: `languages.${language}`,
          code: "untranslated",
          message: `The variant "${language}" has no ${name}, so its customers get the template's ${name}. Add it, or leave it so.`,
          severity: "warning",
        });
  }
  return problems;
}

function saysOf(contents: readonly string[]): string {
  if (contents.includes("html")) return "html or text, or both";
  return contents.includes("whatsapp") ? "whatsapp (an approved template) or text" : "text";
}

/** The paths of the texts that a message of plain text does not have, in all languages. */
function moreThanText(input: unknown): string[] {
  const variants = entries(members(input).languages).map(([tag, variant]) => [`languages.${tag}.`, variant] as const);
  return [["", input] as const, ...variants].flatMap(([place, variant]) =>
    ["subject", "preheader", "html"].flatMap((part) =>
      members(variant)[part] === undefined ? [] : [`${place}${part}`],
    ),
  );
}

function notForChannel(channel: unknown, path: string): string {
  return `A message of the channel "${channel}" has no ${path.split(".").at(-1)}. Remove it.`;
}
