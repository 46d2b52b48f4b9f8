/** Broken documents and the problems each must give: all of them, at once, in words that help. */
import { describe, expect, it, test } from "vitest";
import { checkJourney, checkTemplate } from "../../lambdas/domain/check-journey.ts";
import type { Problem } from "../../lambdas/domain/problem.ts";
import data from "../data/bad-documents.json" with { type: "json" };

interface Row {
  name: string;
  kind: "journey" | "template";
  /** A whole document, or changes to the good one by path; `null` removes. */
  document?: unknown;
  patch?: Record<string, unknown>;
  problems: { path: string; code: string }[];
}

const rows = data.documents as unknown as Row[];
const templates = new Set(data.templates);

function documentOf({ kind, document, patch }: Row): unknown {
  if (!patch) return document;
  const good = structuredClone(data.base[kind]) as Record<string, unknown>;
  for (const [path, value] of Object.entries(patch)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    const place = names.reduce((at, name) => at[name] as Record<string, unknown>, good);
    if (value === null) delete place[last];
    else place[last] = value === "NULL" ? null : withNull(value);
  }
  return good;
}

function withNull(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"NULL"', "null"));
}

function problemsOf(kind: Row["kind"], document: unknown): readonly Problem[] {
  const checked = kind === "journey" ? checkJourney(document, templates) : checkTemplate(document);
  return "problems" in checked ? checked.problems : [];
}

const byPath = (a: { path: string; code: string }, b: { path: string; code: string }) =>
  `${a.path} ${a.code}` < `${b.path} ${b.code}` ? -1 : 1;

test("the documents that the broken ones are made from are good", () => {
  expect(problemsOf("journey", data.base.journey)).toEqual([]);
  expect(problemsOf("template", data.base.template)).toEqual([]);
});

test("there are 60 broken documents and more", () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
});

describe.each(["journey", "template"] as const)("a %s with", (kind) => {
  it.each(rows.filter((row) => row.kind === kind).map((row) => [row.name, row] as const))("%s", (_, row) => {
    const problems = problemsOf(kind, documentOf(row));
    expect(problems.map(({ path, code }) => ({ path, code })).sort(byPath)).toEqual(row.problems.sort(byPath));
    for (const { message } of problems) {
      expect(message).toMatch(/[.?]$/);
      expect(message).not.toMatch(/invalid input|undefined|\[object/i);
      expect(message.length).toBeLessThan(450);
    }
  });
});

test.each([
  ["a status", { status: "activ" }, 'Did you mean "active"?'],
  ["a start", { start: "wiat" }, 'Did you mean "wait"?'],
  ["a template", { "components.send.template": "helo" }, 'Did you mean "hello"?'],
  ["a message", { "components.rule.message": "sent" }, 'Did you mean "send"?'],
  ["a type", { "components.tag": { type: "addTags", tags: ["a"] } }, 'Did you mean "addTag"?'],
  ["a member", { "trigger.whre": {} }, 'Did you mean "where"?'],
  ["an operator", { "trigger.where": { field: "event.a", operator: "equal", value: 1 } }, 'Did you mean "equals"?'],
  [
    "a weekday",
    { "components.wait": { type: "wait", until: { time: "09:00", weekdays: ["mo"] }, next: "send" } },
    'Did you mean "mon"?',
  ],
])("a near miss of %s is told the right word", (_, patch, hint) => {
  const [problem] = problemsOf("journey", documentOf({ name: "", kind: "journey", patch, problems: [] }));
  expect(problem?.message).toContain(hint);
});

test("a document nested without end is refused, not walked", () => {
  let deep: unknown = { field: "event.a", operator: "exists" };
  for (let depth = 0; depth < 100_000; depth++) deep = { not: deep };
  const document = { ...data.base.journey, trigger: { event: "x", where: deep } };
  expect(problemsOf("journey", document).map(({ code }) => code)).toEqual(["too-deep"]);
});

test("names of prototypes are names like any other", () => {
  const document = JSON.parse(
    JSON.stringify({ ...data.base.journey, trigger: { event: "x", __proto: 1 } }).replace("__proto", "__proto__"),
  );
  expect(problemsOf("journey", document).map(({ path }) => path)).toEqual(["trigger.__proto__"]);
  expect(problemsOf("journey", { ...data.base.journey, start: "constructor" })[0]?.code).toBe("unknown-component");
});

test("ten thousand components are refused for their number, in reasonable time", () => {
  const chain = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, n) => [
      `t${n}`,
      { type: "addTag", tags: ["a"], ...(n < 9_999 && { next: `t${n + 1}` }) },
    ]),
  );
  const problems = problemsOf("journey", { ...data.base.journey, start: "t0", components: chain });
  expect(problems.map(({ path, code }) => ({ path, code }))).toEqual([{ path: "components", code: "out-of-range" }]);
});
