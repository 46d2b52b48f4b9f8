/** Templates in several languages, and the preview line of a mail. */
import { describe, expect, test } from "vitest";
import { checkShared, checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { mayReadEvent, type RenderScope, render } from "../../../lambdas/domain/messages/render.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import { languageOf, variantFor } from "../../../lambdas/domain/messages/variant.ts";

const template: Template = {
  id: "hello",
  channel: "email",
  class: "marketing",
  subject: "Hello {{ customer.name }}",
  text: "Hello",
  languages: {
    de: { subject: "Hallo {{ customer.name }}", text: "Hallo" },
    "de-AT": { text: "Servus" },
    "pt-BR": { subject: "Olá", text: "Olá" },
  },
};

const scope = (customer: object): RenderScope => ({
  customer: { name: "Ada", ...customer } as RenderScope["customer"],
  event: {},
  data: {},
  journey: { id: "j", name: "J" },
  now: "2026-01-05T09:00:00.000Z",
  timezone: "UTC",
  unsubscribeUrl: "https://u.example",
});

describe("the language of the customer", () => {
  test.each<[unknown, string | undefined]>([
    ["de", "de"],
    ["DE", "de"],
    ["de-CH", "de"],
    ["de-AT", "de-AT"],
    ["de-at", "de-AT"],
    ["de-AT-1996", "de-AT"],
    ["de_AT", "de-AT"],
    ["pt-BR", "pt-BR"],
    ["pt", undefined],
    ["pt-PT", undefined],
    ["fr", undefined],
    ["d", undefined],
    ["", undefined],
    [undefined, undefined],
    [1, undefined],
  ])("%j gets the variant %j", (language, tag) => {
    expect(languageOf(template, language as string)).toBe(tag);
  });

  test.each<[string, string, string]>([
    ["en", "Hello Ada", "Hello"],
    ["de-CH", "Hallo Ada", "Hallo"],
    ["pt-BR", "Olá", "Olá"],
  ])("%s: %s", (language, subject, text) => {
    expect(render(template, scope({ language }))).toEqual({ subject, text });
  });

  test("members that the variant lacks come from the template", () => {
    expect(render(template, scope({ language: "de-AT" }))).toEqual({ subject: "Hello Ada", text: "Servus" });
  });

  test("a variant is compiled once", () => {
    expect(variantFor(template, "de")).toBe(variantFor(template, "de-DE"));
    expect(variantFor(template, "fr")).toBe(template);
  });
});

describe("checks", () => {
  const problems = (over: object) => {
    const checked = checkTemplate({ ...template, ...over });
    return ("problems" in checked ? checked.problems : checked.warnings).map(({ path, code }) => `${path} ${code}`);
  };

  test.each<[string, object, string[]]>([
    ["broken Liquid", { de: { subject: "a", text: "{{ a" } }, ["languages.de.text bad-liquid"]],
    [
      "a misspelled variable",
      { de: { subject: "{{ custmer.name }}", text: "a" } },
      ["languages.de.subject unknown-variable"],
    ],
    ["no language", { deutsch1: { subject: "a", text: "a" } }, ["languages.deutsch1 bad-language"]],
    [
      "two tags of one language",
      { "de-AT": { subject: "a", text: "a" }, "de-at": { subject: "b", text: "b" } },
      ["languages.de-at bad-language"],
    ],
    ["an unknown member", { de: { subject: "a", text: "a", titel: "a" } }, ["languages.de.titel unknown-member"]],
    ["a part that is not translated", { de: { text: "a" } }, ["languages.de untranslated"]],
    [
      "a link whose scheme a value chooses",
      { de: { subject: "a", text: "a", html: '<a href="{{ event.url }}">a</a>' } },
      ["languages.de.html unchecked-link"],
    ],
    ["nothing", { de: { subject: "a", text: "a" } }, []],
  ])("find %s", (_, languages, expected) => {
    expect(problems({ languages })).toEqual(expected);
  });

  test.each(["layout", "partial"])("find two tags of one language in a %s", (kind) => {
    const text = { html: "{{ content }}" };
    const checked = checkShared({ id: "x", kind, ...text, languages: { de: text, DE: text } }, {});
    expect(checked).toMatchObject({ problems: [{ path: "languages.DE", code: "bad-language" }] });
  });

  test("a variant that reads the event is found", () => {
    expect(mayReadEvent({ subject: "a", languages: { de: { text: "{{ event.total }}" } } })).toBe(true);
    expect(mayReadEvent(template)).toBe(false);
  });
});

describe("a preheader", () => {
  const mail: Template = {
    id: "hello",
    channel: "email",
    class: "marketing",
    subject: "Hello",
    preheader: "For {{ customer.name }}",
    html: "<html><body class='a'><p>Hi</p></body></html>",
  };

  test("stands hidden at the start of the body, escaped, and not in the text", () => {
    const { html = "", text } = render(mail, scope({ name: "<Ada>" }));
    expect(html).toMatch(
      /^<html><body class='a'><div style="display:none[^>]*>For &lt;Ada&gt;&#8199;.*<\/div><p>Hi<\/p><\/body><\/html>$/,
    );
    expect(text).toBe("Hi");
  });

  test("stands at the start where there is no body", () => {
    expect(render({ ...mail, html: "<p>Hi</p>" }, scope({})).html).toMatch(/^<div [^>]*>For Ada/);
  });

  test("adds nothing when it is empty", () => {
    expect(render({ ...mail, preheader: "{{ customer.none }}" }, scope({})).html).toBe(mail.html);
  });
});
