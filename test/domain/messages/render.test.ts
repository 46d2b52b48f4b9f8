/** Rendering depends on its arguments only, and reaches nothing else. `behaviour/messages` tests what messages say. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { costlyEvent, costlyTemplates, loop } from "../../../bench/worst-inputs.ts";
import { checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { renderPart } from "../../../lambdas/domain/messages/liquid/engine.ts";
import { RenderBudget } from "../../../lambdas/domain/messages/liquid/render-budget.ts";
import { engines, type RenderScope, render } from "../../../lambdas/domain/messages/render.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";

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
  enrollment: { key: "k-1", event: { at: "2026-01-05T23:30:00Z" } },
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
    ["summer time", "{{ '2026-07-05T23:30:00Z' | date: '%d %H:%M %z' }}", "06 01:30 +0200"],
    ["a zone of quarter hours", "{{ event.at | date: '%d %H:%M %z', 'Asia/Kathmandu' }}", "06 05:15 +0545"],
    ["a zone's name", "{{ event.at | date: '%H:%M %Z' }}", "00:30 Europe/Berlin"],
    ["a year of long ago", "{{ '0099-01-05T10:00:00Z' | date: '%Y-%m-%d %H:%M', 'UTC' }}", "0099-01-05 10:00"],
    ["now", "{{ 'now' | date: '%H:%M' }}", "11:00"],
    ["today", "{{ 'today' | date: '%d' }}", "05"],
    ["seconds since 1970", "{{ 1767607200 | date: '%H:%M' }}", "11:00"],
    [
      "a time that names no zone is UTC",
      "{{ '2026-01-05 10:00' | date: '%H:%M' }} {{ '2026-01-05T10:00:00.5' | date: '%H:%M' }}",
      "11:00 11:00",
    ],
    ["a date", "{{ '2026-01-05' | date: '%d' }}", "05"],
    ["a date, west of UTC", "{{ '1990-05-17' | date: '%-d %B', 'America/Los_Angeles' }}", "17 May"],
    ["a date, far east of UTC", "{{ '1990-05-17' | date: '%-d %B', 'Pacific/Kiritimati' }}", "17 May"],
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
      import { render } from "${new URL("../../../lambdas/domain/messages/render.ts", import.meta.url)}";
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
    ["the enrollment's key", "{{ enrollment.key }}", "k-1"],
    ["the trigger event, by the enrollment", "{{ enrollment.event.at }}", "2026-01-05T23:30:00Z"],
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

describe("times in every form, in Honolulu", () => {
  test.each([
    ["a birthday stays on its day", "{{ '1990-05-01' | date: '%d %B' }}", "01 May"],
    ["a birthday, where the filter names a zone", "{{ '1990-05-01' | date: '%d %B', 'Asia/Tokyo' }}", "01 May"],
    ["a date in words", "{{ 'May 1, 1990' | date: '%Y-%m-%d' }}", "1990-05-01"],
    ["a month", "{{ '1990-05' | date: '%B' }}", "May"],
    ["a day that does not exist is unchanged", "{{ '2026-02-30' | date: '%d' }}", "2026-02-30"],
    ["a time moves", "{{ '1990-05-01T00:00:00Z' | date: '%d %B %H:%M' }}", "30 April 14:00"],
    ["lower case", "{{ '1990-05-01t00:00:00z' | date: '%d %B %H:%M' }}", "30 April 14:00"],
    ["an offset", "{{ '1990-05-01T02:00:00+02:00' | date: '%d %B %H:%M' }}", "30 April 14:00"],
    ["UNIX seconds", "{{ 641520000 | date: '%d %B %H:%M' }}", "30 April 14:00"],
    ["UNIX milliseconds", "{{ 1767607200000 | date: '%Y-%m-%d %H:%M' }}", "2026-01-05 00:00"],
    ["UNIX milliseconds as text", "{{ '1767607200000' | date: '%Y-%m-%d %H:%M' }}", "2026-01-05 00:00"],
    ["a number that is no time is unchanged", "{{ 99999999999999999 | date: '%Y' }}", "100000000000000000"],
    ["a missing time is empty", "[{{ event.missing | date: '%Y' }}]", "[]"],
    ["a birthday for machines", "{{ '1990-05-01' | date_to_xmlschema }}", "1990-05-01T00:00:00+00:00"],
    ["names of months are English", "{{ '1990-05-01' | date: '%A %B %b' }}", "Tuesday May May"],
  ])("%s", (_, source, expected) => expect(text(source, { timezone: "Pacific/Honolulu" })).toBe(expected));
});

describe("text that is not well formed", () => {
  test("half a surrogate pair becomes U+FFFD in every part", () => {
    const parts = { subject: "{{ event.x }}", html: "<p>{{ event.x }}</p>", text: "{{ event.x }}" };
    expect(render(template(parts), { ...scope, event: { x: "a\ud83dz" } })).toEqual({
      subject: "a\ufffdz",
      html: "<p>a\ufffdz</p>",
      text: "a\ufffdz",
    });
  });
});

describe("work and size are bounded", () => {
  // A template whose work were not bounded would not end here. `npm run bench -- limits` measures the time.
  test.each(costlyTemplates)("%s", (_, source) =>
    expect(() => text(source, { event: costlyEvent })).toThrow(/more than|larger than|nested deeper/),
  );

  test("a part may have a million bytes, and not one more", () => {
    const of = (bytes: number) =>
      text("{{ event.a }}{{ event.b }}", { event: { a: "é".repeat(499_999), b: "x".repeat(bytes) } });
    expect(of(2)?.length).toBe(500_001);
    expect(() => of(3)).toThrow(/more than 1000000 bytes/);
  });

  test("all parts share one budget", () => {
    const half = loop("{{ a }}", 30_000);
    const parts = { subject: "s", html: half, text: half };
    expect(() => render(template({ text: half }), scope)).not.toThrow();
    expect(() => render(template(parts), scope)).toThrow(/more than 250000 steps/);
  });

  test("the number of steps is the same at every run: no clock decides", () => {
    const steps = () => {
      const budget = new RenderBudget();
      const clock = { now: scope.now, timezone: "UTC" };
      renderPart(engines.text, engines.text.parse(loop("{{ a }}", 20_000)), {}, { budget, clock });
      return budget.steps;
    };
    expect([steps(), steps()]).toEqual([steps(), steps()]);
    expect(steps()).toBeGreaterThan(20_000);
  });

  test("an order of 500 lines is no problem", () => {
    const lines = costlyEvent.lines.slice(0, 500);
    const line =
      "{{ l.t | upcase }} {{ l.n | times: 3 | round: 2 }} {{ event.at | date: '%d %B' }}{% if l.n > 3 %}!{% endif %}";
    expect(() =>
      text(`{% for l in event.lines %}${line}{% endfor %}`, { event: { lines, at: scope.now } }),
    ).not.toThrow();
  });
});

describe("refused, because it reads a file, draws lots or is broken", () => {
  test.each([
    ["another file", "{% include 'other' %}"],
    ["another file, rendered by a name that is worked out", "{% render customer.file %}"],
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
