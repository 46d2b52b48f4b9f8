import { expect, test } from "vitest";
import { journey, ran, template } from "../running.ts";

test("draws Mermaid with kinds, branch labels, exits and goals", async () => {
  const { exitCode, out, err } = await ran(["draw", "j.json"], { "j.json": journey });
  expect([exitCode, err]).toEqual([0, ""]);
  expect(out.split("\n").slice(0, -6)).toEqual([
    "flowchart TD",
    "  accTitle: Greeting",
    '  trigger(["Trigger<br/>go<br/>enters once"]):::trigger',
    '  c_greet["Send template<br/>greet<br/>hello"]:::sendTemplate',
    '  c_read{"Message status rule<br/>read<br/>greet read within 1 day?"}:::messageStatusRule',
    '  c_tag[/"Add tag<br/>tag<br/>reader"/]:::addTag',
    '  end4(("End"))',
    '  end5(("End"))',
    "  trigger --> c_greet",
    "  c_greet --> c_read",
    '  c_read -->|"read"| c_tag',
    '  c_read -->|"not read in time"| end4',
    "  c_tag --> end5",
    '  subgraph watched["Watched from entry on"]',
    '    exit6[["Exit<br/>gone<br/>leave"]]:::exit',
    '    goal7[["Goal<br/>sale<br/>order<br/>within 30 days of entering"]]:::goal',
    "  end",
  ]);
  expect(out).toMatch(/\n {2}classDef goal fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#111$/);
});

test("Mermaid's own words and marks in a document are words like any other", async () => {
  const nasty = {
    ...journey,
    name: 'A "name"\nend',
    trigger: { event: "go", where: { field: "event.x", operator: "equals", value: '"]<b>|;#' } },
    start: "end",
    components: { end: { type: "wait", for: "PT1H" } },
  };
  const { out } = await ran(["draw", "j.json"], { "j.json": nasty });
  expect(out).toContain("accTitle: A name end\n");
  expect(out).toContain("event.x = #34;#93;#60;b#62;#124;#59;#35;<br/>");
  expect(out).toContain("  trigger --> c_end\n");
});

test("--svg draws SVG", async () => {
  const { exitCode, out } = await ran(["draw", "--svg", "j.json"], { "j.json": journey });
  expect([exitCode, out.startsWith("<svg "), out.endsWith("</svg>")]).toEqual([0, true, true]);
});

test("--output writes to a file and prints nothing", async () => {
  const { out, written } = await ran(["draw", "--svg", "--output", "j.svg", "j.json"], { "j.json": journey });
  expect(out).toBe("");
  expect(written["j.svg"]).toMatch(/^<svg .*<\/svg>\n$/s);
});

test("a file that cannot be written is a matter of access: exit code 2 and a sentence", async () => {
  const { exitCode, err } = await ran(["draw", "j.json", "--output", "no/j.svg"], { "j.json": journey });
  expect([exitCode, err]).toEqual([2, "no/j.svg cannot be written (ENOENT). Name another file."]);
});

test("a journey with problems is drawn as far as its shape allows, exit code 1", async () => {
  const { exitCode, out, err } = await ran(["draw", "j.json"], { "j.json": { ...journey, start: "gret" } });
  expect([exitCode, out.startsWith("flowchart TD")]).toEqual([1, true]);
  expect(out).toContain('c_gret["gret?<br/>There is no such component"]');
  expect(err).toContain('start  There is no component "gret". Did you mean "greet"?');
});

test("whatever can be read of a broken journey is drawn, with the outlets of broken components", async () => {
  const broken = {
    ...journey,
    id: "Bad Id",
    name: 7,
    trigger: { event: "go", where: { field: "nothing" } },
    components: {
      ...journey.components,
      read: { ...journey.components.read, within: "2 days" },
      tag: { type: "addTagg", tags: ["x"], next: "more" },
    },
  };
  for (const svg of [[], ["--svg"]]) {
    const { exitCode, out, err } = await ran(["draw", "j.json", ...svg], { "j.json": broken });
    expect([exitCode, err]).toEqual([1, expect.stringContaining("components.read.within")]);
    for (const text of ["go", "greet", "read!", "tag!", "more?"]) expect(out).toContain(text);
  }
  const { out } = await ran(["draw", "j.json"], { "j.json": broken });
  expect(out).toContain('c_read["read!<br/>This messageStatusRule has problems"]');
  expect(out).toMatch(/c_read -->\|"met"\| c_tag\n/);
});

test("a journey with syntax errors is drawn as far as it can be read", async () => {
  const text = JSON.stringify(journey, null, 1).replace('"next": "read"', '"next" "read"');
  const { exitCode, out, err } = await ran(["draw", "j.json"], { "j.json": text });
  expect([exitCode, out.startsWith("flowchart TD")]).toEqual([1, true]);
  expect(out).toContain("c_greet[");
  expect(err).toContain("a colon must be here");
});

test("caps and quiet hours are drawn", async () => {
  const limits = {
    cap: [{ max: 2, within: "P7D", otherwise: "skip" }],
    quietHours: { from: "22:00", to: "08:00", class: "all", otherwise: "delay" },
  };
  const { out } = await ran(["draw", "j.json"], { "j.json": { ...journey, limits } });
  expect(out).toContain(
    "Limits<br/>at most 2 marketing messages in 7 days, else skip<br/>no messages from 22:00 to 08:00, else delay",
  );
  const picture = await ran(["draw", "j.json", "--svg"], { "j.json": { ...journey, limits } });
  expect(picture.out).toContain("LIMITS");
});

test("a long title is wrapped or smaller, and not cut", async () => {
  const id = "newsletter-for-customers-of-the-shop-in-germany";
  const long = { ...journey, start: id, components: { ...journey.components, [id]: { type: "addTag", tags: ["a"] } } };
  const { out } = await ran(["draw", "j.json", "--svg"], { "j.json": long });
  const shown = [...out.matchAll(/<text[^>]*font-weight="600"[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text).join("");
  expect(shown).toContain(id);
});

test("which templates exist does not matter", async () => {
  const { err } = await ran(["draw", "j.json"], { "j.json": journey });
  expect(err).toBe("");
});

test.each([
  ["a template", template, "Only journeys can be drawn"],
  ["a document of no kind", { hello: 1 }, "neither a journey"],
  ["a file that is not JSON", "{", "This is not JSON"],
  ["a journey of another shape", { ...journey, components: 7 }, '"components" must be an object'],
  ["a document nested without end", `${'{"trigger":'.repeat(5000)}1${"}".repeat(5000)}`, "nested deeper"],
])("%s is not drawn: exit code 1, and why on standard error", async (_, document, why) => {
  const { exitCode, out, err } = await ran(["draw", "x.json"], { "x.json": document });
  expect([exitCode, out]).toEqual([1, ""]);
  expect(err).toContain(why);
});

test("a journey of more components than allowed is refused, not drawn for ever", async () => {
  const components = Object.fromEntries(
    Array.from({ length: 201 }, (_, index) => [`c${index}`, { type: "addTag", tags: ["t"] }]),
  );
  const { exitCode, out, err } = await ran(["draw", "j.json"], { "j.json": { ...journey, start: "c0", components } });
  expect([exitCode, out]).toEqual([1, ""]);
  expect(err).toContain("components");
});
