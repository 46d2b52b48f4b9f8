/** Every row of `test/data/bad-documents.json`: its problems, with their paths, and a right word for each wrong one. */
import { describe, expect, it, test } from "vitest";
import { importedFiles } from "../../imported-files.ts";
import { base, documents, expectHelpful, good, nearMisses, patched, places, problemsOf } from "./documents-with.ts";

test("the base documents have no problems", () => {
  expect(problemsOf("journey", base.journey)).toEqual([]);
  expect(problemsOf("template", base.template)).toEqual([]);
});

it.each(good.map((row) => [row.kind, row.name, row] as const))("a %s with %s is good", (kind, _, { patch }) => {
  expect(problemsOf(kind, patched(kind, patch))).toEqual([]);
});

test("every row has a name of its own", () => {
  const names = documents.map(({ kind, name }) => `${kind}: ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(["journey", "template"] as const)("a %s with", (kind) => {
  it.each(documents.filter((row) => row.kind === kind).map((row) => [row.name, row] as const))("%s", (_, row) => {
    const problems = problemsOf(kind, row.patch ? patched(kind, row.patch) : row.document);
    expect(places(problems)).toEqual(places(row.problems));
    expectHelpful(problems);
  });
});

/**
 * Words in the same files that are not codes of these rows: codes that other tests cover (garbage, check-shared), skip
 * reasons, notes, the name of a preset.
 */
const elsewhere: ReadonlySet<string> = new Set([
  "too-deep",
  "more-problems",
  "layout-without-content",
  "partial-cycle",
  "too-many-partials",
  "status-not-reported",
  "frequency-cap",
  "quiet-hours",
  "no-timezone",
  "us-sms",
  // Warnings: test/domain/checks/likely-mistakes.test.ts
  "unlikely-comparison",
  "text-like-path",
  "foreign-placeholder",
  "date-format",
  "costly-character",
  // test/domain/checks/check-answers.test.ts
  "answers-without-end",
  // test/domain/checks/fixed-length.test.ts
  "text-too-long",
  "bad-phone",
  "bad-language",
  "bad-consent",
  "bad-tags",
  "bad-topics",
  "bad-channels",
]);

/** Programs depend on codes. A code without a row here could change without a failing test. */
test("every code of the checks is in a row", () => {
  const sources = [...importedFiles(import.meta.filename).values()];
  expect(sources.length).toBeGreaterThan(20);
  const kebab = sources.flatMap((source) => [...source.matchAll(/(?<!from )"([a-z]+(?:-[a-z]+)+)"/g)]);
  const written = new Set([...kebab.map(([, code]) => code), "unknown-type", "unknown-operator"]);
  const given = new Set(documents.flatMap(({ problems }) => problems.map(({ code }) => code)));
  expect(given.size).toBeGreaterThan(30);
  expect([...written].filter((code) => !given.has(code ?? "") && !elsewhere.has(code ?? ""))).toEqual([]);
});

describe("a misspelled word gets the right word as a suggestion", () => {
  it.each(nearMisses.map((row) => [row.wrong, row] as const))("%s", (_, { kind, patch, right }) => {
    const hints = problemsOf(kind, patched(kind, patch)).filter(({ message }) => message.includes("Did you mean"));
    expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining(`Did you mean "${right}"?`)]);
  });

  it("a word that is close to no known word gets no suggestion", () => {
    const [problem] = problemsOf("journey", patched("journey", { "components.tag.next": "newsletter" }));
    expect(problem?.message).toBe('There is no component "newsletter". Known: "wait", "send", "rule", "tag".');
  });
});
