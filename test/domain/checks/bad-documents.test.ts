/**
 * Documents with problems, and all the problems that the checks must report for each. The documents are data, in
 * `test/data/bad-documents.json`. Any implementation must report the same paths and codes.
 *
 * The test reads the file and does not import it, because an import would turn a member `__proto__` into a prototype.
 */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { checkJourney, checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import { importedFiles } from "../../imported-files.ts";

type Kind = "journey" | "template";
type Members = Record<string, unknown>;

interface Row {
  readonly name: string;
  readonly kind: Kind;
  /** A whole document, or changes to the good document by path. `null` removes a member; "NULL" stands for null. */
  readonly document?: unknown;
  readonly patch?: Members;
  readonly problems: readonly { path: string; code: string }[];
}

interface Data {
  readonly base: Record<Kind, Members>;
  readonly templates: readonly string[];
  /** A misspelled word, and the word that the problem must suggest. */
  readonly nearMisses: readonly { wrong: string; kind: Kind; patch: Members; right: string }[];
  /** Good documents at the limits of what is allowed. The rows of `documents` go one step further. */
  readonly good: readonly Required<Pick<Row, "name" | "kind" | "patch">>[];
  readonly documents: readonly Row[];
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../data/${name}.json`, import.meta.url), "utf8"));
const { base, templates, nearMisses, ...all }: Data = read("bad-documents");
/** Documents with problems in topics, channels and limits, and good documents at the limits. */
const more: Pick<Data, "good" | "documents"> = read("bad-message-rules");
const good = [...all.good, ...more.good];
const documents = [...all.documents, ...more.documents];
const known = new Set(templates);

function patched(kind: Kind, patch: Members): Members {
  const good = structuredClone(base[kind]);
  for (const [path, value] of Object.entries(patch)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    const place = names.reduce((at, name) => at[name] as Members, good);
    if (value === null) delete place[last];
    else define(place, last, JSON.parse(JSON.stringify(value).replaceAll('"NULL"', "null")));
  }
  return good;
}

/** Defines an own member of any name, as a JSON parser does. */
function define(target: Members, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function problemsOf(kind: Kind, document: unknown): readonly Problem[] {
  const checked = kind === "journey" ? checkJourney(document, known) : checkTemplate(document);
  return "problems" in checked ? checked.problems : [];
}

const places = (problems: readonly { path: string; code: string }[]) =>
  problems.map(({ path, code }) => `${path}: ${code}`).sort();

function expectHelpful(problems: readonly Problem[]): void {
  for (const { message } of problems) {
    expect(message).toMatch(/^["A-Z].*[.?]$/s);
    expect(message).not.toMatch(/invalid input|undefined|\[object|NaN/i);
    expect(message.length).toBeLessThanOrEqual(400);
  }
}

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

/** Words in the same files that are not codes of these rows: the code that the tests of garbage cover, skip reasons, notes. */
const elsewhere: ReadonlySet<string> = new Set([
  "too-deep",
  "more-problems",
  "status-not-reported",
  "frequency-cap",
  "quiet-hours",
  "bad-phone",
  "bad-language",
  "bad-consent",
  "bad-tags",
  "bad-topics",
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

const where = (condition: object) => ({ "trigger.where": condition });
const leaf = (operator: string) => where({ field: "event.a", operator, value: 1 });
const tag = (component: object) => ({ "components.tag": component });

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

describe("garbage", () => {
  const nested = (levels: number, wrap: (inner: unknown) => unknown) => {
    let deep: unknown = { field: "event.a", operator: "exists" };
    for (let level = 0; level < levels; level++) deep = wrap(deep);
    return deep;
  };
  const many = (count: number, next: (n: number) => string | undefined) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`t${n}`, { type: "addTag", tags: ["a"], next: next(n) }]),
    );

  it.each([
    ["objects", nested(100_000, (inner) => ({ not: inner }))],
    ["lists", nested(100_000, (inner) => [inner])],
    ["conditions of lists", nested(50_000, (inner) => ({ all: [inner] }))],
  ])("%s with 50,000 or more levels are refused", (_, deep) => {
    expect(places(problemsOf("journey", { ...base.journey, exit: deep }))).toEqual([": too-deep"]);
    expect(places(problemsOf("template", { ...base.template, html: deep }))).toEqual([": too-deep"]);
  });

  it("that contains itself is refused", () => {
    const loop: Members = { ...base.journey };
    loop.exit = [loop];
    expect(places(problemsOf("journey", loop))).toEqual([": too-deep"]);
  });

  it.each([
    ["in a chain", (n: number) => (n < 9_999 ? `t${n + 1}` : undefined)],
    ["in a loop", (n: number) => `t${(n + 1) % 10_000}`],
    ["side by side", () => undefined],
  ])("ten thousand components %s are refused", (_, next) => {
    const document = { ...base.journey, start: "t0", components: many(10_000, next) };
    expect(places(problemsOf("journey", document))).toEqual(["components: out-of-range"]);
  });

  it.each([
    ["in one list", { all: Array(200_000).fill({ field: "event.a", operator: "exists" }) }],
    ["in many lists", { any: Array(450).fill({ all: Array(450).fill({ field: "event.a", operator: "exists" }) }) }],
    ["with a problem in each", { all: Array(200_000).fill({ field: "a", operator: "exist" }) }],
    ["about unknown messages", { all: Array(200_000).fill({ message: "nope", status: "read" }) }],
  ])("200,000 conditions %s give one problem at every place", (_, condition) => {
    const branches = [{ when: condition, next: "wait" }];
    const problems = problemsOf("journey", {
      ...base.journey,
      trigger: { event: "checkout.started", where: condition },
      exit: [{ id: "out", event: "order.placed", where: condition }],
      components: { ...(base.journey.components as object), tag: { type: "condition", branches } },
    });
    expect(places(problems)).toEqual([
      "components.tag.branches[0].when: condition-too-large",
      "exit[0].where: condition-too-large",
      "trigger.where: condition-too-large",
    ]);
  });

  it("16,000 components with wrong targets are refused", () => {
    const document = { ...base.journey, start: "t0", components: many(16_000, (n) => `x${n}`) };
    expect(places(problemsOf("journey", document))).toEqual(["components: out-of-range"]);
  });

  it("201 components are refused together with their other problems", () => {
    const document = { ...base.journey, start: "t0", components: many(201, (n) => (n < 200 ? `t${n + 1}` : "x")) };
    expect(places(problemsOf("journey", document))).toEqual([
      "components.t200.next: unknown-component",
      "components: out-of-range",
    ]);
  });

  it("with more than a hundred problems lists a hundred of them and counts the others", () => {
    const wrong = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`strange-${n}`, 1]));
    const problems = problemsOf("journey", { ...base.journey, ...wrong });
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toEqual({
      path: "",
      code: "more-problems",
      message: "There are 19900 more problems. Fix these first, then check again.",
    });
  });

  it("of two hundred components in one loop gives one short problem", () => {
    const problems = problemsOf("journey", {
      ...base.journey,
      start: "t0",
      components: many(200, (n) => `t${(n + 1) % 200}`),
    });
    expect(places(problems)).toEqual(["components.t0: loop-without-wait"]);
    expectHelpful(problems);
  });

  const long = "x".repeat(100_000);
  it.each<[where: string, patch: Members]>([
    ["an id", { id: long }],
    ["a status", { status: long }],
    ["a time zone", { timezone: long }],
    ["an address", { sender: { from: long } }],
    ["a start", { start: long }],
    ["a template", { "components.send.template": long }],
    ["a message", { "components.rule.message": long }],
    ["a duration", { "components.wait.for": long }],
    ["a tag", { "components.tag.tags": [long] }],
    ["a type", tag({ type: long })],
    ["an operator", leaf(long)],
    ["a field", where({ field: long, operator: "exists" })],
    ["a member's name", { [long]: 1 }],
    [
      "an attribute's name",
      tag({ type: "updateCustomer", set: { [long.slice(0, 128)]: 1 }, unset: [long.slice(0, 128)] }),
    ],
  ])("of a hundred thousand characters in %s gives short messages", (_, patch) => {
    const problems = problemsOf("journey", patched("journey", patch));
    expect(problems.length).toBeGreaterThan(0);
    expectHelpful(problems);
  });

  const paths = ["trigger", "trigger.where", "trigger.entry", "sender", "exit", "goals", "start", "components"]
    .concat(["wait", "send", "rule", "tag"].map((id) => `components.${id}`))
    .concat(["components.wait.until", "components.send.data", "components.rule.message", "components.tag.branches"]);

  it("without a text form, in place of an allowed word, gives a sentence", () => {
    const textless = [{ toString: 1, valueOf: 1 }];
    expectHelpful(problemsOf("template", patched("template", { class: textless })));
    expectHelpful(problemsOf("journey", patched("journey", { "components.wait.type": textless })));
  });

  it("of any kind at any place gives sentences and never throws", () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 4 }), (path, value) => {
        expectHelpful(problemsOf("journey", patched("journey", value === null ? {} : { [path]: value })));
        expectHelpful(problemsOf("journey", value));
        expectHelpful(problemsOf("template", value));
      }),
      { seed: 2026, numRuns: 1_000 },
    );
  });
});
