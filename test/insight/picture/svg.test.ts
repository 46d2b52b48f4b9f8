/** The SVG as a file: well-formed, readable on both papers, told to those who do not see it. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { widthOf, wrap } from "../../../insight/picture/layout/text.ts";
import { glyphs, looks } from "../../../insight/picture/looks.ts";
import { escapeMarkup } from "../../../insight/picture/markup.ts";
import { svg } from "../../../insight/picture/svg.ts";
import { colorOf } from "../../../insight/picture/theme.ts";
import { type Journey, journey as schema } from "../../../lambdas/domain/journey/journey.ts";
import { journey } from "../../cli/running.ts";

const markup = "]]></text><b>&amp;";
const nasty: Journey = schema.parse({
  ...journey,
  name: `<script>alert("1")</script> & 'co' ${"long ".repeat(30)}\u0007`,
  trigger: { event: "go", where: { field: "event.x", operator: "equals", value: markup } },
  components: {
    ...journey.components,
    tag: { type: "condition", branches: [{ when: { field: "event.x", operator: "equals", value: markup } }] },
  },
});
const examples = globSync("examples/*/{journey,*.journey}.json").sort();
const pictures: [string, Journey][] = [
  ["text that would be markup", nasty],
  ...examples.map((file): [string, Journey] => [file, schema.parse(JSON.parse(readFileSync(file, "utf8")))]),
];

/** Elements that were opened and never closed, closed and never opened, and text that should have been escaped. */
function malformed(xml: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const rest = xml.replace(/<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>/g, (_, closing, name, __, empty) => {
    if (closing) {
      if (open.pop() !== name) wrong.push(`</${name}>`);
    } else if (!empty) open.push(name);
    return "";
  });
  if (/[<>]|&(?!#\d+;)/.test(rest)) wrong.push(rest.slice(0, 200));
  return [...wrong, ...open];
}

test("the check of well-formedness finds errors", () => {
  expect(malformed('<g a="1"><p/></g>')).toEqual([]);
  for (const bad of ["<g>", "<g></p>", "<g>a & b</g>", "<g>a < b</g>", '<g a="<"></g>'])
    expect(malformed(bad)).not.toEqual([]);
});

describe.each(pictures)("the SVG of %s", (_, drawn) => {
  const picture = svg(drawn);

  test("is well-formed", () => expect(malformed(picture)).toEqual([]));

  test("has a title and a description, and says that it is one image", () => {
    const [, title, description] = /role="img" aria-labelledby="(\S+) (\S+)"/.exec(picture) ?? [];
    expect(picture).toContain(`<title id="${title}">${escapeMarkup(`The journey “${drawn.name}”`)}</title>`);
    expect(picture).toContain(`<desc id="${description}">`);
  });

  test("has a dark color for every light one", () => {
    const used = [...picture.matchAll(/data-(fill|stroke)="([^"]+)"/g)];
    expect(used.length).toBeGreaterThan(10);
    for (const [, what, color] of used) expect(picture).toContain(`[data-${what}="${color}"]{${what}:#`);
  });

  test("names every component, exit and goal, with its full text as a tooltip", () => {
    for (const id of Object.keys(drawn.components)) expect(picture).toMatch(new RegExp(`<title>[^<]*: ${id}\\b`));
    for (const { id } of drawn.exit ?? []) expect(picture).toContain(`<title>Exit: ${id}: `);
    for (const { id } of drawn.goals ?? []) expect(picture).toContain(`<title>Goal: ${id}: `);
  });
});

test("the same journey gives the same picture, byte for byte", () => {
  expect(svg(nasty)).toBe(svg(structuredClone(nasty)));
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b].map(luminance).sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(["light", "dark"] as const)("on %s paper", (paper) => {
  const color = (name: Parameters<typeof colorOf>[0]) => colorOf(name, paper);

  test.each(Object.keys(looks) as (keyof typeof looks)[])("what a box of the kind %s says can be read", (kind) => {
    for (const ink of ["ink", "soft", `${kind}-stroke`] as const)
      expect(contrast(color(ink), color(`${kind}-fill`)), ink).toBeGreaterThanOrEqual(4.5);
    expect(contrast(color("paper"), color(`${kind}-stroke`)), "glyph").toBeGreaterThanOrEqual(4.5);
  });

  test("titles and labels can be read, and lines be seen", () => {
    for (const ink of ["ink", "soft", "faint"] as const)
      expect(contrast(color(ink), color("paper")), ink).toBeGreaterThanOrEqual(4.5);
    expect(contrast(color("faint"), color("chip"))).toBeGreaterThanOrEqual(4);
    expect(contrast(color("line"), color("paper"))).toBeGreaterThanOrEqual(3);
  });
});

test("no two kinds share a glyph or a color", () => {
  expect(new Set(Object.values(glyphs)).size).toBe(Object.keys(looks).length);
  expect(new Set(Object.values(looks).map(({ light }) => light.stroke)).size).toBe(Object.keys(looks).length);
});

test.each([
  ["a short text stays as it is", "one", 100, 2, ["one"]],
  ["a long one breaks between words", "one two three four five six", 60, 2, ["one two", "three…"]],
  [
    "a word that is too long breaks after hyphens and dots",
    "a-very-long-identifier",
    70,
    3,
    ["a-very-", "long-", "identifier"],
  ],
  ["a word without a break breaks where the line is full", "incomprehensible", 60, 3, ["incompre", "hensible"]],
  [
    "a word without a break is cut when there is no further line",
    "incomprehensibilities",
    60,
    2,
    ["incompre", "hensibi…"],
  ],
  ["text that does not fit ends in an ellipsis", "one two three four", 50, 1, ["one…"]],
  ["nothing is one empty line", "", 50, 2, [""]],
  ["wide characters count as wide", "東京東京東京", 60, 1, ["東京東…"]],
])("%s", (_, text, width, most, expected) => {
  const lines = wrap(text, { size: 12, width, most });
  expect(lines).toEqual(expected);
  for (const line of lines) expect(widthOf(line, 12)).toBeLessThanOrEqual(width);
});

test.each([
  // Measured in Chromium with DejaVu Sans, the widest font that browsers fall back to.
  ["MESSAGE STATUS RULE", 10, false, 118.6],
  ["order-confirmation", 12, false, 111.4],
  ["wait-for-the-invoice", 14, true, 156.2],
])("the width of %s is never estimated too small", (text, size, bold, real) => {
  expect(widthOf(text, size, bold)).toBeGreaterThanOrEqual(real);
  expect(widthOf(text, size, bold)).toBeLessThan(real * 1.2);
});
