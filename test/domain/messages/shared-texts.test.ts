/** Layouts and partials in messages. */
import { describe, expect, test } from "vitest";
import {
  type ComposedTemplate,
  mayReadEvent,
  missingVariables,
  type RenderScope,
  render,
} from "../../../lambdas/domain/messages/render.ts";
import type { SharedText, SharedTexts } from "../../../lambdas/domain/messages/shared-text.ts";

const layout = (html: string, more: object = {}): SharedText => ({ id: "page", kind: "layout", html, ...more });
const partial = (id: string, html: string, more: object = {}): SharedText => ({ id, kind: "partial", html, ...more });
const scope = (language?: string): RenderScope => ({
  customer: { name: "<Ada>", ...(language !== undefined && { language }) },
  event: { lines: ["a", "b"] },
  data: { sale: "50%" },
  journey: { id: "j", name: "J" },
  now: "2026-01-05T09:00:00.000Z",
  timezone: "UTC",
  unsubscribeUrl: "https://u.example",
});
function rendered(texts: object, shared: readonly SharedText[], language?: string) {
  const byId: SharedTexts = Object.fromEntries(shared.map((text) => [text.id, text]));
  const template: ComposedTemplate = {
    id: "t",
    channel: "email",
    class: "marketing",
    subject: "s",
    ...texts,
    shared: byId,
  };
  const { html, text } = render(template, scope(language));
  return [html, text];
}

describe("a layout", () => {
  const page = layout("<html>{{ content }}<a href='{{ unsubscribeUrl }}'>out</a></html>");
  test.each<[string, object, SharedText[], (string | undefined)[]]>([
    [
      "stands around the message, which is not escaped again",
      { layout: "page", html: "<p>{{ customer.name }}</p>" },
      [page],
      ["<html><p>&lt;Ada&gt;</p><a href='https://u.example'>out</a></html>", "<Ada>\n\nout <https://u.example>"],
    ],
    ["leaves a text alone when it has none", { layout: "page", text: "Hi" }, [page], [undefined, "Hi"]],
    [
      "has a text for messages that have one",
      { layout: "page", html: "<p>H</p>", text: "Hi {{ customer.name }}" },
      [layout("<i>{{ content }}</i>", { text: "{{ content }}\n--\nShop" })],
      ["<i><p>H</p></i>", "Hi <Ada>\n--\nShop"],
    ],
    [
      "can look at the message",
      { layout: "page", html: "<p>x</p>" },
      [layout("{% if content contains '<p>' %}{{ content | upcase }}{% endif %}")],
      ["&lt;P&gt;X&lt;/P&gt;", "<P>X</P>"],
    ],
    [
      "reads what the template can read, and not what the template assigns",
      { layout: "page", html: "{% assign x = 1 %}" },
      [layout("{{ content }}[{{ x }}{{ sale }}{{ data.sale }}{{ event.lines[0] }}]")],
      ["[50%50%a]", "[50%50%a]"],
    ],
  ])("%s", (_, texts, shared, expected) => expect(rendered(texts, shared)).toEqual(expected));
});

describe("a partial", () => {
  test.each<[string, object, SharedText[], (string | undefined)[]]>([
    [
      "gets values by name, which are escaped once",
      { html: `{% render "button", label: customer.name, n: 3 %}` },
      [partial("button", "<b>{{ label }} {{ n }}</b>")],
      ["<b>&lt;Ada&gt; 3</b>", "<Ada> 3"],
    ],
    [
      "is put in for each item of a loop",
      { html: "{% for line in event.lines %}{% render 'row', line: line %}{% endfor %}" },
      [partial("row", "<p>{{ line }}</p>")],
      ["<p>a</p><p>b</p>", "a\n\nb"],
    ],
    [
      "has no variables of its user, and leaves none behind",
      { text: `{% assign a = 1 %}{% render "p" %}{{ b }}` },
      [partial("p", "x", { text: "[{{ a }}{% assign b = 2 %}{{ b }}]" })],
      [undefined, "[2]"],
    ],
    [
      "without a text is the plain text of its HTML in a text",
      { text: `Hi {% render "p" %}` },
      [partial("p", "<b>bold</b> &amp; {{ customer.name }}")],
      [undefined, "Hi bold & <Ada>"],
    ],
    [
      "can put others in, five deep",
      { text: `{% render "p1" %}` },
      [1, 2, 3, 4, 5].map((n) => partial(`p${n}`, "", { text: n < 5 ? `${n}{% render "p${n + 1}" %}` : "5" })),
      [undefined, "12345"],
    ],
    [
      "stands in a layout too, and reads what every template reads",
      { layout: "page", html: "m" },
      [layout(`{{ content }}{% render "foot", shop: "S" %}`), partial("foot", "-{{ shop }}-{{ unsubscribeUrl }}")],
      ["m-S-https://u.example", "m-S-https://u.example"],
    ],
    ["stands in the tag liquid", { text: `{% liquid\n render "p"\n%}` }, [partial("p", "x")], [undefined, "x"]],
  ])("%s", (_, texts, shared, expected) => expect(rendered(texts, shared)).toEqual(expected));

  test.each<[string, string, SharedText[], RegExp]>([
    ["that is missing", `{% render "p" %}`, [], /no partial "p"/],
    ["that is a layout", `{% render "page" %}`, [layout("{{ content }}")], /no partial "page"/],
    ["with the name of a prototype's member", `{% render "constructor" %}`, [], /no partial "constructor"/],
    [
      "that contains itself",
      `{% render "p" %}`,
      [partial("p", "", { text: `{% render "p" %}` })],
      /More than 5 partials/,
    ],
    [
      "six deep",
      `{% render "p1" %}`,
      [1, 2, 3, 4, 5, 6].map((n) => partial(`p${n}`, "", { text: `{% render "p${n + 1}" %}` })),
      /More than 5/,
    ],
    [
      "that doubles the message again and again",
      "{% for i in (1..40000) %}{% render 'p' %}{% endfor %}",
      [partial("p", "", { text: "x".repeat(1000) })],
      /more than/,
    ],
  ])("%s is refused when the message is rendered", (_, text, shared, problem) => {
    expect(() => rendered({ text }, shared)).toThrow(problem);
  });

  test("that is missing as a layout is refused too", () => {
    expect(() => rendered({ layout: "page", html: "x" }, [partial("page", "x")])).toThrow('There is no layout "page"');
  });
});

describe("languages", () => {
  const shared = [
    layout("<p>Bye</p>{{ content }}", { languages: { de: { html: "<p>Tschüs</p>{{ content }}" } } }),
    partial("greet", "Hi", { languages: { "de-AT": { html: "Servus" } } }),
  ];
  const texts = { layout: "page", html: `{% render "greet" %}!`, languages: { de: { html: `{% render "greet" %}.` } } };
  test.each([
    ["en", "<p>Bye</p>Hi!"],
    ["de", "<p>Tschüs</p>Hi."],
    ["de-AT", "<p>Tschüs</p>Servus."],
  ])("each text has the variant of the customer's language: %s", (language, html) => {
    expect(rendered(texts, shared, language)[0]).toBe(html);
  });
});

test("a variable without a value is named, wherever it stands", () => {
  const template: ComposedTemplate = {
    id: "t",
    channel: "email",
    class: "marketing",
    subject: "s",
    html: `{% render "p", a: event.none %}`,
    layout: "page",
    shared: { page: layout("{{ customer.city }}{{ content }}"), p: partial("p", "{{ a }}{{ b }}") },
  };
  expect(missingVariables(template, scope())).toEqual(["event.none", "a", "b", "customer.city"]);
});

test("the trigger event is kept for a layout or a partial that reads it", () => {
  const template = { text: `{% render "p" %}`, shared: { p: partial("p", "{{ event.x }}") } };
  expect([mayReadEvent(template), mayReadEvent({ text: template.text })]).toEqual([true, false]);
});
