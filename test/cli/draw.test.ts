import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { layout } from "../../cli/draw/layout.ts";
import { widthOf, wrap } from "../../cli/draw/text.ts";
import type { Journey } from "../../lambdas/domain/journey.ts";
import { journey, ran } from "./running.ts";

const files = globSync("examples/*/{journey,*.journey}.json").sort();

test("draws Mermaid with kinds, branch labels, exits and goals", async () => {
  const { exitCode, out } = await ran(["draw", "j.json"], { "j.json": journey });
  expect(exitCode).toBe(0);
  expect(out.split("\n")).toEqual(
    expect.arrayContaining([
      "flowchart TD",
      '  c_greet["Send template<br/>greet<br/>hello"]:::sendTemplate',
      '  c_read -->|"read"| c_tag',
      '  c_read -->|"not read in time"| end1(["End"])',
      '    exit_c_gone[["Exit gone<br/>leave"]]:::exit',
      '    goal_c_sale[["Goal sale<br/>order"]]:::goal',
    ]),
  );
});

test("text that would be markup is escaped in both pictures", async () => {
  const nasty = {
    ...journey,
    name: `<script>"&'`,
    trigger: { event: "go", where: { field: "event.x", operator: "equals", value: "</text><b>[|]" } },
  };
  const [mermaid, svg] = [
    await ran(["draw", "j.json"], { "j.json": nasty }),
    await ran(["draw", "--svg", "j.json"], { "j.json": nasty }),
  ];
  expect(svg.out).not.toMatch(/<script|<b>/);
  expect(mermaid.out).not.toMatch(/<b>|\[\|/);
});

test("--output writes to a file", async () => {
  const { out, written } = await ran(["draw", "--svg", "--output", "j.svg", "j.json"], { "j.json": journey });
  expect([out, written["j.svg"]?.startsWith("<svg ")]).toEqual(["", true]);
});

test("a journey with problems is drawn as far as its shape allows, exit code 1", async () => {
  const { exitCode, out, err } = await ran(["draw", "j.json"], { "j.json": { ...journey, start: "gret" } });
  expect([exitCode, out.startsWith("flowchart TD")]).toEqual([1, true]);
  expect(err).toContain('Did you mean "greet"?');
});

test("a template is not drawn", async () => {
  const { exitCode, err } = await ran(["draw", "t.json"], { "t.json": { id: "a", channel: "email" } });
  expect([exitCode, err.includes("neither a journey")]).toEqual([1, true]);
});

describe.each(files)("the picture of %s", (file) => {
  const { boxes, ways, width, height } = layout(JSON.parse(readFileSync(file, "utf8")) as Journey);

  test("has no two boxes over each other", () => {
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1)) {
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart, `${a.id} and ${b.id}`).toBe(true);
      }
  });

  test("has everything on the paper", () => {
    for (const { x, y, width: w, height: h } of boxes) {
      expect(Math.min(x - w / 2, y - h / 2)).toBeGreaterThanOrEqual(0);
      expect(x + w / 2).toBeLessThanOrEqual(width);
      expect(y + h / 2).toBeLessThanOrEqual(height);
    }
    expect(ways.length).toBeGreaterThan(0);
  });
});

test.each([
  ["a short text stays as it is", "one", 100, ["one"]],
  ["a long one breaks between words", "one two three four five six", 60, ["one two", "three four…"]],
  ["a word that is too long is cut", "incomprehensibilities", 60, ["incompr…"]],
])("%s", (_, text, width, expected) => {
  const lines = wrap(text, 12, width, 2);
  for (const line of lines) expect(widthOf(line, 12)).toBeLessThanOrEqual(width);
  expect(lines.length).toBe(expected.length);
});
