/**
 * The program as people run it: a process with arguments, two streams and an exit code. A process takes most of a
 * second, so only what a process alone can show runs in one; the rest runs the same program here, on real files.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { processIo } from "../../cli/process-io.ts";
import { run } from "../../cli/program.ts";
import { journey, ran, scenario, template } from "./running.ts";

const folder = mkdtempSync(join(tmpdir(), "journeys-"));
const emptyFolder = join(folder, "empty");
mkdirSync(emptyFolder);
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** In a separate process. */
function journeys(args: readonly string[], environment: Readonly<Record<string, string>> = {}, cwd = ".") {
  const { FORCE_COLOR: _, NO_COLOR: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("bin/journeys.cjs"), ...args], {
    cwd,
    encoding: "utf8",
    env: { ...env, ...environment },
  });
  return { exitCode: status, out: stdout, err: stderr };
}

/** Runs the program in the process of the test, with the real file system. */
async function here(args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await run(args, { ...files, out: (line) => out.push(line), err: (line) => err.push(line) });
  return { exitCode, out: out.join("\n"), err: err.join("\n") };
}
const files = processIo();

const slow = { timeout: 60_000 };

test("validate: good documents, exit code 0", slow, () => {
  const files = [file("j.json", journey), file("t.json", template)];
  expect(journeys(["validate", "--json", ...files])).toEqual({
    exitCode: 0,
    out: '{"ok":true,"problems":[]}\n',
    err: "",
  });
});

test("validate: broken JSON is a problem with its place, exit code 1", async () => {
  const path = file("broken.json", '{ "id": "a",\n  "name": }');
  const { exitCode, out, err } = await here(["validate", "--json", path]);
  expect([exitCode, err]).toEqual([1, ""]);
  expect(JSON.parse(out)).toEqual({
    ok: false,
    problems: [
      {
        file: path,
        path: "",
        code: "invalid-json",
        message: "This is not JSON: line 2, column 11: a value must follow; is there an extra comma?",
        line: 2,
        column: 11,
      },
    ],
  });
});

test.each([
  ["a file that is not there", () => [join(folder, "nowhere.json")], /^There is no file .*nowhere\.json\./],
  ["a folder without documents", () => [emptyFolder], /^The folder .* has no journeys and templates\./],
  ["no file at all", () => [], /missing required argument/],
])("validate: %s is wrong usage, exit code 2, nothing on standard output", async (_, files, sentence) => {
  const { exitCode, out, err } = await here(["validate", ...files()]);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(sentence);
});

test("the process ends with the exit code of its command, and diagnostics go to standard error", slow, () => {
  const { exitCode, out, err } = journeys(["validate", join(folder, "nowhere.json")]);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(/^There is no file .*nowhere\.json\./);
});

test("an old Node gets one sentence and no stack trace", slow, () => {
  const old = file(
    "old.cjs",
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.1" } });',
  );
  const { exitCode, out, err } = journeys(["--help"], { NODE_OPTIONS: `--require ${old}` });
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(/^The command journeys needs Node 22\.18 or later, and this is Node 20\.11\.1\..*\n$/);
});

test("the command works from any folder", slow, () => {
  const path = file("j.json", journey);
  const { exitCode, out } = journeys(["cost", path], {}, tmpdir());
  expect([exitCode, out]).toEqual([0, expect.stringContaining("per 1,000 enrollments")]);
});

test.each<[string, () => string[], RegExp]>([
  ["a file that does not exist", () => ["validate", "nowhere.json", "--json"], /^There is no file nowhere\.json/],
  ["an unknown option", () => ["cost", "j.json", "--json", "--fast"], /^unknown option '--fast'/],
  ["a missing operand", () => ["stats", "--json"], /^missing required argument 'id'/],
  ["a wrong value", () => ["cost", "j.json", "--json", "--region", "x"], /^There are no prices for the region "x"/],
])("wrong usage in JSON: %s", async (_, args, message) => {
  const { exitCode, out, err } = await here(args());
  expect([exitCode, JSON.parse(out)]).toEqual([
    2,
    { ok: false, problems: [{ path: "", code: "wrong-usage", message: expect.stringMatching(message) }] },
  ]);
  expect(err).toMatch(new RegExp(message.source.slice(1)));
});

test("simulate: JSON lines for programs, the summary last", async () => {
  const { exitCode, out, err } = await here(["simulate", "--json", file("s.json", scenario)]);
  const lines = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect([exitCode, err, lines.at(0).kind, lines.at(-1).kind]).toEqual([0, "", "entered", "summary"]);
});

test("simulate: color in a terminal, none in a pipe or with NO_COLOR", slow, () => {
  const path = file("s.json", scenario);
  const sequence = String.fromCharCode(27);
  expect(journeys(["simulate", path]).out).not.toContain(sequence);
  expect(journeys(["simulate", path], { FORCE_COLOR: "1" }).out).toContain(`${sequence}[36m▶`);
  expect(journeys(["simulate", path], { NO_COLOR: "1" }).out).not.toContain(sequence);
});

test("draw: writes a picture to a file", async () => {
  const target = join(folder, "j.svg");
  const { exitCode, out, err } = await here(["draw", file("j.json", journey), "--svg", "--output", target]);
  expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: "", err: "" });
  expect(readFileSync(target, "utf8")).toMatch(/^<svg /);
});

test("--help lists the commands", async () => {
  const { exitCode, out } = await ran(["--help"]);
  expect(exitCode).toBe(0);
  for (const command of ["validate", "simulate", "draw"]) expect(out).toMatch(new RegExp(`^ +${command} `, "m"));
});

test("no command at all is wrong usage, and the help is shown", async () => {
  const { exitCode, out, err } = await ran([]);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toContain("Usage: journeys");
});
