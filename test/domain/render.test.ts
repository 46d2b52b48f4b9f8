/** Rendering depends on its arguments only, and reaches nothing else. `behaviour/messages` tests what messages say. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { checkTemplate } from "../../lambdas/domain/check-journey.ts";
import { type RenderScope, render } from "../../lambdas/domain/render.ts";
import type { Template } from "../../lambdas/domain/template.ts";

const template = (more: Partial<Template>): Template => ({
  id: "t",
  channel: "email",
  class: "marketing",
  subject: "s",
  ...more,
});
const scope: RenderScope = {
  customer: { customerId: "c-1" },
  event: { at: "2026-01-05T23:30:00Z" },
  data: {},
  journey: { id: "j", name: "The journey" },
  now: "2026-01-05T10:00:00.000Z",
  timezone: "Europe/Berlin",
  unsubscribeUrl: "https://unsubscribe.example/?token=x",
};
const text = (source: string, more: Partial<RenderScope> = {}) =>
  render(template({ text: source }), { ...scope, ...more }).text;

describe("times", () => {
  test.each([
    ["the customer's zone", "{{ event.at | date: '%d %H:%M' }}", "06 00:30"],
    ["a zone that the template names", "{{ event.at | date: '%d %H:%M', 'Asia/Tokyo' }}", "06 08:30"],
    ["now", "{{ 'now' | date: '%H:%M' }}", "11:00"],
    ["today", "{{ 'today' | date: '%d' }}", "05"],
    ["seconds since 1970", "{{ 1767607200 | date: '%H:%M' }}", "11:00"],
    [
      "a time that names no zone is UTC",
      "{{ '2026-01-05 10:00' | date: '%H:%M' }} {{ '2026-01-05T10:00:00.5' | date: '%H:%M' }}",
      "11:00 11:00",
    ],
    ["a date", "{{ '2026-01-05' | date: '%d' }}", "05"],
    ["text that is no time is unchanged", "{{ 'soon' | date: '%d' }}", "soon"],
    [
      "for machines, in UTC",
      "{{ event.at | date_to_xmlschema }} {{ event.at | date_to_rfc822 }}",
      "2026-01-05T23:30:00+00:00 Mon, 05 Jan 2026 23:30:00 +0000",
    ],
  ])("%s", (_, source, expected) => expect(text(source)).toBe(expected));

  test("do not depend on the time zone of the machine", () => {
    const source =
      "{{ event.at | date: '%d %H:%M' }} {{ event.at | date_to_xmlschema }} {{ '2026-01-05 10:00' | date: '%H:%M' }} {{ event.at | date_to_string }}";
    const program = `
      import { render } from "${new URL("../../lambdas/domain/render.ts", import.meta.url)}";
      process.stdout.write(render(${JSON.stringify(template({ text: source }))}, ${JSON.stringify(scope)}).text);`;
    const elsewhere = (TZ: string) =>
      execFileSync(process.execPath, ["--input-type=module", "-e", program], {
        env: { ...process.env, TZ },
        encoding: "utf8",
      });
    expect([elsewhere("Asia/Tokyo"), elsewhere("America/New_York")]).toEqual([text(source), text(source)]);
  });
});

describe("variables of a template", () => {
  test.each([
    ["the journey", "{{ journey.id }} {{ journey.name }}", "j The journey"],
    ["the unsubscribe link", "{{ unsubscribeUrl }}", "https://unsubscribe.example/?token=x"],
    ["no global of the process", "[{{ process }}{{ globalThis }}{{ now.constructor }}]", "[]"],
  ])("%s", (_, source, expected) => expect(text(source)).toBe(expected));
});

describe("parts", () => {
  test("only the parts that the template has are rendered", () => {
    expect(render(template({ html: "<p>" }), scope)).toEqual({ subject: "s", html: "<p>" });
    expect(render(template({ text: "x" }), scope)).toEqual({ subject: "s", text: "x" });
  });
});

describe("work is bounded", () => {
  test.each([
    ["a long loop", "{% for a in (1..9000) %}{% for b in (1..9000) %}{{ a }}{% endfor %}{% endfor %}"],
    ["a huge range", "{% for a in (1..99999999) %}{% endfor %}"],
  ])("%s", (_, source) => expect(() => text(source)).toThrow());
});

describe("refused, because it reads a file, draws lots or is broken", () => {
  test.each([
    ["another file", "{% include 'other' %}"],
    ["another file, rendered", "{% render 'other' %}"],
    ["a layout", "{% layout 'other' %}"],
    ["a random item", "{{ customer.list | sample }}"],
    ["an unknown filter", "{{ customer.x | shout }}"],
    ["an unclosed tag", "{% if customer.x %}"],
  ])("%s", (_, source) => {
    const checked = checkTemplate(template({ text: source }));
    expect("problems" in checked && checked.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      "text bad-liquid",
    ]);
  });

  test("a template with good Liquid has no problem", () => {
    expect(checkTemplate(template({ text: "{{ customer.x | upcase }}" }))).toHaveProperty("value");
  });
});
