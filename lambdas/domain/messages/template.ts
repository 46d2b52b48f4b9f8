/** The schema of a template, as admins write it. `render.ts` renders templates. */
import * as z from "zod/mini";
import type { Problem } from "../documents/problem.ts";
import { entries, type Members, members } from "../documents/unchecked-document.ts";
import { id, languageTag } from "../documents/vocabulary.ts";
import { type Channel, channels, isChannel } from "./channel.ts";
import { traitsOf } from "./channel-traits.ts";
import { liquid } from "./liquid/liquid-text.ts";
import { repeatedLanguages } from "./variant.ts";
import { whatsapp, whatsappProblems } from "./whatsapp/schema.ts";

/** The members of which a message of the channel needs one. */
export function contentsOf(channel: Channel): readonly ("html" | "text" | "whatsapp")[] {
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
  .check(z.meta({ id: "Template", title: "Template", description: "What a message says" }));
export type Template = z.infer<typeof template>;

/**
 * Finds members that are missing or contradict each other. This is no refinement of the schema, because zod runs
 * refinements only on a document whose shape has no problem.
 */
export function contentProblems(input: unknown): Problem[] {
  const document = members(input);
  if (document !== input) return [];
  const { channel = "email", topic, class: kind } = document;
  // The schema reports a channel that does not exist. The members that belong to such a channel are not known.
  const problems = isChannel(channel) ? channelProblems(document, channel) : [];
  if (topic !== undefined && kind === "transactional")
    problems.push({
      path: "topic",
      code: "topic-of-transactional",
      message:
        "A transactional message has no topic, because customers cannot unsubscribe from it. Remove the topic, or make the class marketing.",
    });
  return [...problems, ...repeatedLanguages(document.languages)];
}

function channelProblems(document: Members, channel: Channel): Problem[] {
  const { needsSubject, textOnly } = traitsOf(channel);
  const contents = contentsOf(channel);
  const problems: Problem[] = [];
  const add = (path: string, code: string, message: string) => problems.push({ path, code, message });
  if (needsSubject && document.subject === undefined)
    add("subject", "missing-member", '"subject" is missing here (Liquid: the subject line). Add it.');
  if (contents.every((content) => document[content] === undefined))
    add("", "missing-content", `The template itself needs ${saysOf(contents)}. Add it.`);
  if (textOnly) for (const part of moreThanText(document)) add(part, "not-for-channel", notForChannel(channel, part));
  for (const [language, variant] of entries(document.languages)) {
    const own = members(variant);
    for (const name of textOnly ? ["text"] : ["subject", "html", "text"])
      if (document[name] !== undefined && own[name] === undefined && Object.keys(own).length > 0)
        problems.push({
          path: `languages.${language}`,
          code: "untranslated",
          message: `The variant "${language}" has no ${name}, so its customers get the template's ${name}. Add it, or leave it so.`,
          severity: "warning",
        });
  }
  return [...problems, ...whatsappProblems(document)];
}

function saysOf(contents: readonly string[]): string {
  if (contents.includes("html")) return "html or text, or both";
  return contents.includes("whatsapp") ? "whatsapp (an approved template) or text" : "a text";
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
