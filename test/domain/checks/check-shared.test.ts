/** Layouts and partials, alone and with the templates that use them. */
import { describe, expect, test } from "vitest";
import { checkJourney, checkShared, checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { variablesOf } from "../../../lambdas/domain/checks/check-variables.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import type { SharedText, SharedTexts } from "../../../lambdas/domain/messages/shared-text.ts";
import { everyUse } from "../../../lambdas/domain/messages/uses.ts";

const page = { id: "page", kind: "layout", html: "<p>{{ content }}</p>" } as const;
const partial = (id: string, html: string): SharedText => ({ id, kind: "partial", html });
const byId = (...texts: SharedText[]): SharedTexts => Object.fromEntries(texts.map((text) => [text.id, text]));
const places = (checked: { problems: readonly Problem[] } | { warnings: readonly Problem[] }) =>
  ("problems" in checked ? checked.problems : checked.warnings).map(
    ({ path, code, severity = "error" }) => `${severity} ${path}: ${code}`,
  );

describe("by itself", () => {
  test.each<[string, object, readonly string[]]>([
    ["a layout with the message is good", page, []],
    ["a partial is good, whatever values it is to be given", partial("p", "{{ label }} {{ customer.name }}"), []],
    ["a layout without the message", { ...page, html: "<p>" }, ["error html: layout-without-content"]],
    ["a text without the message", { ...page, text: "Bye" }, ["error text: layout-without-content"]],
    [
      "a variant without the message",
      { ...page, languages: { de: { html: "<p>" } } },
      ["error languages.de.html: layout-without-content"],
    ],
    ["no html", { id: "p", kind: "partial", text: "x" }, ["error html: missing-member"]],
    ["an unknown member", { ...page, subject: "Hi" }, ["error subject: unknown-member"]],
    ["broken Liquid", { ...page, html: "{{ content }}{% if %}" }, ["error html: bad-liquid"]],
    ["a misspelled customer", partial("p", "{{ custmer.name }}"), ["error html: unknown-variable"]],
    ["a partial that puts itself in", partial("p", "{% render 'p' %}"), ["error html: partial-cycle"]],
    ["a partial that is missing", partial("p", "{% render 'q' %}"), ["error html: unknown-partial"]],
    [
      "an attribute without quotes",
      partial("p", "<a href={{ x }}>"),
      ["warning html: unquoted-attribute", "warning html: unchecked-link"],
    ],
    ["an id that is no id", { ...page, id: "a b" }, ["error id: bad-id"]],
  ])("%s", (_, document, expected) => {
    const { id } = document as SharedText;
    expect(places(checkShared(document, { [id]: document as SharedText }))).toEqual(expected);
  });
});

describe("a template", () => {
  const template = (more: object) => ({ id: "t", channel: "email", class: "marketing", subject: "s", ...more });
  const chain = [1, 2, 3, 4, 5, 6, 7].map((n) => partial(`p${n}`, n < 7 ? `{% render "p${n + 1}" %}` : "x"));
  test.each<[string, object, SharedTexts, readonly string[] | undefined, readonly string[]]>([
    [
      "with its layout and partial is good",
      { layout: "page", html: "{% render 'p', label: 'Buy' %}" },
      byId(page, partial("p", "{{ label }}")),
      [],
      [],
    ],
    ["whose layout is missing", { layout: "pag", html: "x" }, byId(page), [], ["error layout: unknown-layout"]],
    [
      "whose layout is a partial",
      { layout: "p", html: "x" },
      byId(partial("p", "x")),
      [],
      ["error layout: unknown-layout"],
    ],
    ["that puts a layout in", { html: "{% render 'page' %}" }, byId(page), [], ["error html: unknown-partial"]],
    [
      "whose partial is not given what it shows",
      { html: "{% render 'p' %}" },
      byId(partial("p", "{{ label }}")),
      [],
      ["error html: unknown-variable"],
    ],
    [
      "whose partial shows what data gives",
      { html: "{% render 'p' %}" },
      byId(partial("p", "{{ label }}")),
      ["label"],
      [],
    ],
    [
      "whose partial may get it from data",
      { html: "{% render 'p' %}" },
      byId(partial("p", "{{ label }}")),
      undefined,
      ["warning html: unknown-variable"],
    ],
    [
      "whose layout's partial is missing",
      { layout: "page", html: "x" },
      byId({ ...page, html: "{{ content }}{% render 'foot' %}" }),
      [],
      ["error layout: unknown-partial"],
    ],
    [
      "in one language",
      { html: "x", text: "x", languages: { de: { subject: "s", html: "x", text: "{% render 'q' %}" } } },
      {},
      [],
      ["error languages.de.text: unknown-partial"],
    ],
    [
      "with partials in a circle",
      { html: "{% render 'p' %}" },
      byId(partial("p", "{% render 'q' %}"), partial("q", "{% render 'p' %}")),
      [],
      ["error html: partial-cycle"],
    ],
    ["with partials five deep is good", { html: "{% render 'p3' %}" }, byId(...chain), [], []],
    ["with partials six deep", { html: "{% render 'p2' %}" }, byId(...chain), [], ["error html: too-many-partials"]],
  ])("%s", (_, more, shared, dataNames, expected) => {
    expect(places(checkTemplate(template(more), dataNames && new Set(dataNames), shared))).toEqual(expected);
  });

  test("a problem inside names the text and the nearest id", () => {
    const checked = checkTemplate(
      template({ layout: "page", html: "x" }),
      new Set(),
      byId({ ...page, html: "{{ content }}{% render 'footr' %}" }, partial("footer", "x")),
    );
    expect("problems" in checked && checked.problems[0]?.message).toBe(
      'There is no partial "footr". Did you mean "footer"? It is used in "page".',
    );
  });
});

test("a journey is told of the data that its templates' layouts and partials read", () => {
  const template = {
    id: "t",
    html: "{% render 'p', label: 'x' %}",
    layout: "page",
    shared: byId({ ...page, html: "{{ content }}{{ sale }}" }, partial("p", "{{ label }}{{ sku }}")),
  };
  const journey = {
    id: "j",
    name: "J",
    status: "active",
    trigger: { event: "go" },
    start: "mail",
    components: { mail: { type: "sendTemplate", template: "t", data: { sku: "1" } } },
  };
  const checked = checkJourney(journey, new Set(["t"]), variablesOf([template]));
  expect("problems" in checked && checked.problems.map(({ message }) => message)).toEqual([
    'Template "t" reads "sale", which neither the system nor the data of this component gives. Known: "sku".',
  ]);
});

describe("many uses", () => {
  const template = (html: string) => ({ id: "t", channel: "email", class: "marketing", subject: "s", html });
  const layers = (uses: (below: number) => string) =>
    byId(...[1, 2, 3, 4, 5].map((n) => partial(`p${n}`, n < 5 ? uses(n + 1) : "{{ custmer.name }}")));

  test("a hundred partials in each of five are ten billion ways, and each is checked once", () => {
    const shared = layers((below) => `{% render "p${below}" %}{% render "p${below}", x: 1 %}`.repeat(100));
    const html = '{% render "p1" %}'.repeat(100);
    expect(everyUse(template(html), shared)).toHaveLength(9);
    expect(places(checkTemplate(template(html), new Set(), shared))).toEqual([
      "error html: unknown-variable",
      "error html: unknown-variable",
    ]);
  });

  test("more than a thousand different uses are refused", () => {
    const names = Array.from({ length: 40 }, (_, number) => `n${number}`);
    const shared = layers((below) => names.map((name) => `{% render "p${below}", ${name}: 1 %}`).join(""));
    const checked = checkTemplate(template('{% render "p1" %}'), new Set(), shared);
    expect(places(checked)).toEqual(["error : too-many-partials"]);
  });
});
