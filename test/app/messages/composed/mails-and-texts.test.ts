/**
 * Messages whose texts come from several documents: which language each document is in, what a plain text is made of, and
 * what odd data does to a text message. Each row has the exact texts that leave. `variants.test.ts` has the plain cases.
 */
import { describe, expect, test } from "vitest";
import { emailOf } from "../../../../lambdas/adapters/email.ts";
import { textOf } from "../../../../lambdas/adapters/sms/text-message.ts";
import { type SharedText, sharedTextsOf } from "../../../../lambdas/domain/messages/shared-text.ts";
import type { Json, JsonObject } from "../../../../lambdas/domain/values/json.ts";
import { composed } from "./composed.ts";

const claim = { customerId: "c-1", enrollmentId: "e", journeyId: "j", componentId: "message", messageId: "e-0" };

const shared = sharedTextsOf([
  { id: "bare", kind: "layout", html: "<div>{{ content }}</div><p>Shop</p>" },
  {
    id: "talks",
    kind: "layout",
    html: "{{ content }}<p>Bye</p>",
    languages: { fr: { html: "{{ content }}<p>Salut</p>" } },
  },
  {
    id: "legal",
    kind: "layout",
    html: '{{ content }}<a href="{{ unsubscribeUrl }}">Stop</a>',
    text: "{{ content }} Stop: {{ unsubscribeUrl }}",
  },
  {
    id: "line",
    kind: "partial",
    html: "<li>{{ of.name }} x {{ of.count }}</li>",
    text: "* {{ of.name }} x {{ of.count }}\n",
  },
  {
    id: "list",
    kind: "partial",
    html: "<ul>{% for each in lines %}{% render 'line', of: each %}{% endfor %}</ul>",
    text: "{% for each in lines %}{% render 'line', of: each %}{% endfor %}",
  },
] satisfies SharedText[]);

const message = (document: object, customer?: JsonObject, event?: JsonObject) =>
  composed(document, customer, event, shared);

function mail(document: object, customer?: JsonObject, event?: JsonObject) {
  const sent = message({ channel: "email", subject: "S", ...document }, customer, event);
  const { Body } = emailOf(sent, claim, "set").Content?.Simple ?? {};
  return [Body?.Html?.Data, Body?.Text?.Data];
}

const lines = [
  { name: "<Tea>", count: 2 },
  { name: "Pot & cup", count: 1 },
];

describe("a mail:", () => {
  test.each<[string, object, JsonObject, JsonObject, readonly [string | undefined, string | undefined]]>([
    [
      "a layout without text: the plain text is that of the whole HTML",
      { layout: "bare", html: "<p>Hi</p>" },
      {},
      {},
      ["<div><p>Hi</p></div><p>Shop</p>", "Hi\n\nShop"],
    ],
    [
      "a layout without text leaves a text of the template's own alone",
      { layout: "bare", html: "<p>Hi</p>", text: "Own" },
      {},
      {},
      ["<div><p>Hi</p></div><p>Shop</p>", "Own"],
    ],
    [
      "a mail of text alone gets the layout's text",
      { layout: "legal", text: "Hi" },
      {},
      {},
      [undefined, "Hi Stop: https://u.example/?t=1"],
    ],
    [
      "a marketing mail has its link in both parts of the layout",
      { layout: "legal", class: "marketing", html: "Hi", text: "Hi" },
      {},
      {},
      ['Hi<a href="https://u.example/?t=1">Stop</a>', "Hi Stop: https://u.example/?t=1"],
    ],
    [
      "a partial in a partial gets the values of a loop, escaped in HTML and plain in the text",
      { html: "{% render 'list', lines: event.lines %}", text: "{% render 'list', lines: event.lines %}" },
      {},
      { lines },
      ["<ul><li>&lt;Tea&gt; x 2</li><li>Pot &amp; cup x 1</li></ul>", "* <Tea> x 2\n* Pot & cup x 1\n"],
    ],
    [
      "a partial of an empty list is empty",
      { html: "{% render 'list', lines: event.lines %}." },
      {},
      {},
      ["<ul></ul>.", "."],
    ],
    [
      "the layout speaks a language that the template does not have",
      { layout: "talks", html: "<p>Hi</p>" },
      { language: "fr-CA" },
      {},
      ["<p>Hi</p><p>Salut</p>", "Hi\n\nSalut"],
    ],
    [
      "the template speaks a language that the layout does not have",
      { layout: "talks", html: "<p>Hi</p>", languages: { de: { html: "<p>Hallo</p>" } } },
      { language: "de" },
      {},
      ["<p>Hallo</p><p>Bye</p>", "Hallo\n\nBye"],
    ],
    [
      "a variant without html has the template's html and its own text",
      { html: "<p>Hi</p>", text: "Hi", languages: { de: { text: "Hallo" } } },
      { language: "de" },
      {},
      ["<p>Hi</p>", "Hallo"],
    ],
  ])("%s", (_, document, customer, event, expected) => expect(mail(document, customer, event)).toEqual(expected));
});

describe("the language of a customer:", () => {
  const languages = { de: { text: "de" }, "de-AT": { text: "de-AT" }, "zh-Hant-TW": { text: "zh-Hant-TW" } };
  test.each<[Json, string]>([
    ["de", "de"],
    ["DE_at", "de-AT"],
    ["de-CH-1996", "de"],
    ["zh-Hant", "own"],
    ["zh-Hant-TW-x-private", "zh-Hant-TW"],
    ["d", "own"],
    ["", "own"],
    ["__proto__", "own"],
    [42, "own"],
    [["de"], "own"],
    [null, "own"],
  ])("%j gets %s", (language, expected) => {
    const sent = message({ channel: "sms", text: "own", languages }, { language });
    expect(sent.text).toBe(expected);
  });
});

describe("a text message with odd data:", () => {
  const texted = (text: string, customer: JsonObject = {}, event: JsonObject = {}) =>
    textOf(message({ channel: "sms", text }, customer, event), claim, { sender: "pool" }, "stack").MessageBody;

  test.each<[string, string, JsonObject, string]>([
    ["no entities", "Hi {{ customer.name }}", { name: 'O\'Neil & "Co" <b>' }, 'Hi O\'Neil & "Co" <b>'],
    [
      "Liquid in a name is not run",
      "Hi {{ customer.name }}",
      { name: "{{ customer.phone }}{% if %}" },
      "Hi {{ customer.phone }}{% if %}",
    ],
    ["joined emoji stay whole", "Hi {{ customer.name }}", { name: "👩‍👧 Zoë" }, "Hi 👩‍👧 Zoë"],
    [
      "a number and a list as they are printed",
      "{{ customer.age }} {{ customer.cities }}",
      { age: 41.5, cities: ["Bonn", "Ulm"] },
      "41.5 BonnUlm",
    ],
    ["nothing for what is missing", "Hi {{ customer.nick }}!", {}, "Hi !"],
    ["HTML filters only where the author asks", "{{ customer.name | escape }}", { name: "<b>" }, "&lt;b&gt;"],
  ])("%s", (_, text, customer, expected) => expect(texted(text, customer)).toBe(expected));
});
