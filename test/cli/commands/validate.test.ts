/** `validate`: its output and its exit codes. */
import { describe, expect, test } from "vitest";
import { journey, ran, scenario, template } from "../running.ts";

test("documents without problems: exit code 0", async () => {
  const { exitCode, out } = await ran(["validate", "j.json", "t.json"], { "j.json": journey, "t.json": template });
  expect([exitCode, out]).toEqual([0, "✓ j.json\n✓ t.json\n2 files, no problems."]);
});

test("--json prints ok and problems with file, path, place, code and message, and nothing else", async () => {
  const broken = { ...journey, start: "gret" };
  const { exitCode, out, err } = await ran(["validate", "--json", "j.json", "t.json"], {
    "j.json": broken,
    "t.json": template,
  });
  expect(JSON.parse(out)).toEqual({
    ok: false,
    problems: [
      {
        file: "j.json",
        path: "start",
        code: "unknown-component",
        message: 'There is no component "gret". Did you mean "greet"?',
        line: 1,
        column: 158,
      },
    ],
  });
  expect([exitCode, err]).toEqual([1, ""]);
});

test("--json of good documents", async () => {
  const { exitCode, out } = await ran(["validate", "t.json", "--json"], { "t.json": template });
  expect([exitCode, JSON.parse(out)]).toEqual([0, { ok: true, problems: [] }]);
});

describe("a warning is shown, and refuses nothing", () => {
  const linked = { ...template, html: '<a href="{{ customer.url }}">x</a>' };

  test("for people", async () => {
    const { exitCode, out } = await ran(["validate", "t.json"], { "t.json": linked });
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^✓ t\.json\n {4}1:\d+ {2}warning {2}html {2}The whole address .* \(unchecked-link\)\n1 file, no problems, 1 warning\.$/,
    );
  });

  test("for programs", async () => {
    const { exitCode, out } = await ran(["validate", "t.json", "--json"], { "t.json": linked });
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      problems: [{ file: "t.json", path: "html", code: "unchecked-link", severity: "warning" }],
    });
  });
});

describe("the variables of a template", () => {
  const offer = { ...template, text: "{{ skuu }}" };
  const sending = (data: object) => ({
    ...journey,
    components: { ...journey.components, greet: { ...journey.components.greet, data } },
  });
  const validate = async (files: Readonly<Record<string, object>>) => {
    const { exitCode, out } = await ran(["validate", "--json", ...Object.keys(files)], files);
    const problems: readonly { file: string; code: string; severity?: string }[] = JSON.parse(out).problems;
    return [exitCode, problems.map(({ file, code, severity }) => `${file} ${code} ${severity ?? "error"}`)];
  };

  test("a template alone is warned: its journeys may give the name", async () => {
    expect(await validate({ "t.json": offer })).toEqual([0, ["t.json unknown-variable warning"]]);
  });

  test("with its journey, a name that its data gives is known", async () => {
    expect(await validate({ "t.json": offer, "j.json": sending({ skuu: 1 }) })).toEqual([0, []]);
  });

  test("with its journey, a name that its data does not give is a problem of both", async () => {
    expect(await validate({ "t.json": offer, "j.json": sending({ sku: 1 }) })).toEqual([
      1,
      ["t.json unknown-variable error", "j.json unknown-variable error"],
    ]);
  });
});

test("people see path, message and code of every problem", async () => {
  const { out } = await ran(["validate", "j.json"], { "j.json": { ...journey, name: 7 } });
  expect(out).toContain('name  "name" must be a text, not 7. (wrong-type)');
  expect(out).toContain('components.greet.template  Template "hello" does not exist. (unknown-template)');
  expect(out).toContain("1 file, 2 problems.");
});

test.each([
  ["a file that is not JSON", '{ "id": "a",\n  "name": }', "invalid-json", /line 2, column \d+/],
  ["a file that ends too early", '{ "id": "a"', "invalid-json", /This is not JSON/],
  ["a document of no kind", { hello: 1 }, "unknown-document", /neither a journey/],
  ["a near miss of a journey", { trigers: {} }, "unknown-document", /Did you mean "trigger"\?/],
  ["a list", [], "unknown-document", /neither a journey/],
  ["nothing but null", "null", "unknown-document", /neither a journey/],
  ["a scenario", scenario, "unknown-document", /looks like a scenario: run it with journeys simulate/],
  ["a JSON Schema", { $defs: {} }, "unknown-document", /looks like a JSON Schema/],
  ["a member that occurs twice", '{ "channel": "email", "channel": "sms" }', "repeated-member", /occurs twice/],
])("%s is a problem of the document", async (_, content, code, message) => {
  const { exitCode, out } = await ran(["validate", "--json", "x.json"], { "x.json": content });
  const [problem] = JSON.parse(out).problems;
  expect([exitCode, problem.code]).toEqual([1, code]);
  expect(problem.message).toMatch(message);
});

test("a byte order mark, as some editors write it, does no harm", async () => {
  const { exitCode } = await ran(["validate", "t.json"], { "t.json": `\uFEFF${JSON.stringify(template)}` });
  expect(exitCode).toBe(0);
});

test("one file named twice is one file", async () => {
  const { exitCode, out } = await ran(["validate", "t.json", "t.json"], { "t.json": template });
  expect([exitCode, out]).toEqual([0, "✓ t.json\n1 file, no problems."]);
});

test("a journey and a template may share an id", async () => {
  const { exitCode } = await ran(["validate", "j.json", "t.json"], {
    "j.json": { ...journey, id: "hello" },
    "t.json": template,
  });
  expect(exitCode).toBe(0);
});

test("two documents with one id", async () => {
  const { out } = await ran(["validate", "--json", "a.json", "b.json"], { "a.json": template, "b.json": template });
  expect(JSON.parse(out).problems).toEqual([
    {
      file: "b.json",
      path: "id",
      code: "duplicate-id",
      message: 'The template "hello" is also in a.json. Change one of the ids.',
      line: 1,
      column: 2,
    },
  ]);
});

test("a template with problems still exists for the journey that names it", async () => {
  const { out } = await ran(["validate", "--json", "j.json", "t.json"], {
    "j.json": journey,
    "t.json": { ...template, class: "x" },
  });
  expect(JSON.parse(out).problems.map(({ file }: { file: string }) => file)).toEqual(["t.json"]);
});

test.each([
  ["a file that is not there", ["validate", "nowhere.json"], /There is no file nowhere.json/],
  ["no file", ["validate"], /missing required argument/],
  ["an unknown option", ["validate", "--jsn", "a.json"], /unknown option/],
  ["an unknown command", ["validat", "a.json"], /unknown command/],
])("%s is wrong usage: exit code 2 and a sentence", async (_, args, message) => {
  const { exitCode, out, err } = await ran(args);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(message);
});

test.each(["validate", "simulate", "draw"])("%s --help has an example", async (command) => {
  const { exitCode, out } = await ran([command, "--help"]);
  expect(exitCode).toBe(0);
  expect(out).toContain(`Example:\n  journeys ${command} `);
});

test("a wait that ends in the quiet hours is seen when the message is among the files", async () => {
  const night = {
    ...journey,
    limits: { quietHours: { from: "21:00", to: "08:00", otherwise: "skip" } },
    start: "night",
    components: { ...journey.components, night: { type: "wait", until: { time: "22:00" }, next: "greet" } },
  };
  const { out } = await ran(["validate", "j.json", "t.json"], { "j.json": night, "t.json": template });
  expect(out).toContain("(wait-in-quiet-hours)");
  const asked = { ...template, class: "transactional" };
  const { exitCode } = await ran(["validate", "j.json", "t.json"], { "j.json": night, "t.json": asked });
  expect(exitCode).toBe(0);
});

test.each([
  ["Latin-1", Buffer.from(JSON.stringify({ ...template, subject: "Schöne Grüße" }), "latin1"), "wrong-encoding"],
  ["UTF-16", Buffer.from(`\uFEFF${JSON.stringify(template)}`, "utf16le"), "wrong-encoding"],
  ["DynamoDB's form", { id: { S: "a" }, channel: { S: "email" } }, "dynamodb-json"],
  ["a list of documents", [template], "list-of-documents"],
  ["a wrapped journey", { journey }, "wrapped-document"],
  ["an export of PostHog", { trigger: {}, actions: [], edges: [] }, "foreign-journey"],
])("%s is one problem that says what to do", async (_, content, code) => {
  const { exitCode, out } = await ran(["validate", "--json", "x.json"], { "x.json": content });
  expect([exitCode, JSON.parse(out).problems.map((problem: { code: string }) => problem.code)]).toEqual([1, [code]]);
});
