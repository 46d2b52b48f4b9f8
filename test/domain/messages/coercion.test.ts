/**
 * Every place of a template where LiquidJS turns a value into a text or a number. A list is written out for that, item by
 * item, so it is either paid for or not turned into anything.
 */
import { describe, expect, test } from "vitest";
import { renderPart } from "../../../lambdas/domain/messages/liquid/engine.ts";
import { RenderBudget } from "../../../lambdas/domain/messages/liquid/render-budget.ts";
import { engines } from "../../../lambdas/domain/messages/render.ts";
import { NOW } from "../enrolled.ts";

const LARGE = 1_000;

function rendered(source: string, x: unknown) {
  const budget = new RenderBudget();
  const clock = { now: NOW, timezone: "UTC" };
  const event = { l: [{ a: 1 }, { a: 2 }], a: { "1": "found" }, one: 1 };
  let text: string | undefined;
  try {
    text = renderPart(engines.text, engines.text.parse(source), { event, x }, { budget, clock });
  } catch {
    // Some filters refuse a list.
  }
  return { text, steps: budget.steps };
}

/** How often the list was written out, and the steps that a large list takes beyond a small one. */
function priceOf(source: string) {
  let times = 0;
  const item = {
    toString() {
      times++;
      return "1";
    },
  };
  rendered(source, [item]);
  const [small, large] = [1, LARGE].map(
    (items) =>
      rendered(
        source,
        Array.from({ length: items }, () => [1]),
      ).steps,
  );
  return { times, paid: (large ?? 0) - (small ?? 0) };
}

const places = [
  "{{ event[x] }}",
  "{{ event.a[x] }}",
  "{{ x[x] }}",
  "{{ [x] }}",
  "{% assign y = event.a[x] %}",
  "{% if event[x] == 1 %}{% endif %}",
  "{% for i in event[x] %}{% endfor %}",
  "{% for i in event.l limit:x %}{% endfor %}",
  "{% for i in event.l offset:x %}{% endfor %}",
  "{% tablerow i in event.l cols:x %}{% endtablerow %}",
  "{% tablerow i in event.l limit:x offset:x %}{% endtablerow %}",
  "{% for i in (x..3) %}{% endfor %}",
  "{% for i in (1..x) %}{% endfor %}",
  "{% assign y = (1..x) %}",
  "{{ event.l | concat: (1..x) }}",
  "{% liquid\n assign y = (1..x) %}",
  "{% cycle x: 1, 2 %}",
  "{% cycle x, 2 %}",
  "{% case x %}{% when '1' %}{% endcase %}",
  "{% assign y = event.l | find_exp: 'i', 'i[x]' %}",
  "{% assign y = event.l | where_exp: 'i', 'i == x' %}",
  ...Object.keys(engines.text.filters).flatMap((filter) => [
    `{% assign y = x | ${filter} %}`,
    `{% assign y = 'abc' | ${filter}: x %}`,
    `{% assign y = 3 | ${filter}: x, x %}`,
    `{% assign y = event.l | ${filter}: x %}`,
    `{% assign y = event.l | ${filter}: 'a', x %}`,
  ]),
];

test.each(places)("%s", (source) => {
  const { times, paid } = priceOf(source);
  if (times > 0) expect(paid).toBeGreaterThan((times * LARGE) / 20);
});

describe("a text is turned into a number", () => {
  test.each(["{% for i in (1..x) %}{% endfor %}", "{% assign y = (x..2) %}", "{% cycle x: 1, 2 %}"])("%s", (source) => {
    const [small, large] = ["1", "1".repeat(LARGE)].map((text) => rendered(source, text).steps);
    expect((large ?? 0) - (small ?? 0)).toBeGreaterThan(LARGE / 200);
  });

  test("a long one is no limit of a loop", () => {
    const loop = "{% for i in event.l limit:x %}{{ i.a }}{% endfor %}";
    expect(rendered(loop, "1").text).toBe("1");
    expect(rendered(loop, `1${" ".repeat(LARGE)}`).text).toBe("");
  });
});

describe("a long text is read where it seems to cost nothing", () => {
  test.each(["{{ event[x] }}", "{{ event.a[x] }}", "{% for i in event[x] %}{% endfor %}"])("as a name: %s", (source) =>
    expect(addedSteps(source)).toBeGreaterThan(LARGE / 200),
  );

  const parsing = Object.keys(engines.text.filters).filter((filter) => filter.endsWith("_exp"));
  test.each(parsing)("%s parses its expression, even for an empty list", (filter) =>
    expect(addedSteps(`{% assign y = nothing | ${filter}: 'i', x %}`)).toBeGreaterThan(LARGE / 5),
  );

  /** The steps that a long text takes beyond a short one. */
  function addedSteps(source: string): number {
    const [short, long] = ["a", "a".repeat(LARGE)].map((text) => rendered(source, text).steps);
    return (long ?? 0) - (short ?? 0);
  }
});

test("the members of an object are counted for their price", () => {
  const members = Object.fromEntries(Array.from({ length: LARGE }, (_, n) => [`m${n}`, n]));
  expect(rendered("{{ x.size }}", members).text).toBe(String(LARGE));
  expect(rendered("{{ x.size }}", members).steps).toBeGreaterThan(LARGE / 2);
});

test("a list is no name: it names nothing", () => {
  expect(rendered("{{ event.a[x] }}{{ [x] }}", ["1"]).text).toBe("");
  expect(rendered("{{ event.a[x] }}", "1").text).toBe("found");
  expect(rendered("{{ event.l[event.one].a }}", 0).text).toBe("2");
});
