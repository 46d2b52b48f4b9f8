/** `npm start`: all examples, or what is wrong with them. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { showExamples } from "../../cli/examples.ts";
import { ioOf, journey, scenario, template } from "./running.ts";

const example = { folder: "greeting", documents: ["j.json", "t.json"], scenario: "s.json" };
const good = {
  "j.json": { ...journey, description: "Teaches greeting." },
  "t.json": template,
  "s.json": { ...scenario, description: "Ada reads it.", journeys: ["j.json"], templates: ["t.json"] },
};

async function shown(files: Readonly<Record<string, unknown>>, examples = [example]) {
  const { io, out } = ioOf(files);
  const exitCode = await showExamples(examples, io);
  return { exitCode, out: out.join("\n") };
}

test("prints for each example its purpose and its timeline, and a summary of all", async () => {
  const { exitCode, out } = await shown(good);
  expect(exitCode).toBe(0);
  expect(out).toContain("━━ Greeting greeting\nTeaches greeting.\nAda reads it.\n\nThursday, 1 January 2026");
  expect(out).toMatch(/\n1 examples?: 1 enrollments?, 1 messages?, 0 goals reached\. All passed\.$/);
});

test.each([
  [
    "a document with a problem",
    { ...good, "t.json": { ...template, class: "bulk" } },
    '✗ t.json\n    1:33  class  "class"',
  ],
  ["a document that is not JSON", { ...good, "j.json": "{" }, "✗ j.json\n    1:2  This is not JSON"],
  ["a broken scenario", { ...good, "s.json": { event: [] } }, "✗ s.json\n    1:2  event  There is no member"],
  ["no scenario", { "j.json": journey, "t.json": template }, "✗ greeting\n    There is no file s.json."],
  [
    "a scenario whose own template is broken",
    { ...good, "s.json": { ...scenario, templates: [{ ...template, class: "bulk" }] } },
    "✗ s.json\n    1:453  templates[0].class",
  ],
])("%s: says so and ends with exit code 1", async (_, files, words) => {
  const { exitCode, out } = await shown(files);
  expect(exitCode).toBe(1);
  expect(out).toContain(words);
  expect(out).toContain("1 failed.");
});

test("no examples at all is a failure", async () => {
  expect((await shown(good, [])).exitCode).toBe(1);
});

test("as a program, it shows every example of the repository", { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/start.ts"], { encoding: "utf8" });
  const folders = globSync("examples/*/");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.match(/^━━ /gm)?.length).toBe(folders.length);
  expect(stdout).toContain(`\n${folders.length} examples: `);
});
