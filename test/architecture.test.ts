/** The arrows between the layers, held against every import there is. `folders.test.ts` checks folders and sizes. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { arrowsOf } from "./arrows.ts";

interface Import {
  readonly of: string;
  readonly typeOnly: boolean;
}

const files = globSync(
  "{lambdas,simulator,proof,insight,statemachines,stack,cli,bin,lib,console}/**/*.{ts,tsx}",
).sort();
const sources = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));

function importsOf(file: string): Import[] {
  const source = sources.get(file) ?? "";
  const found = [...source.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm)];
  // `import("x").Name` is a type and is left out.
  const dynamic = [...source.matchAll(/\bimport\(\s*()["']([^"']+)["']\s*\)(?!\.)/g)];
  return [...found, ...dynamic].map(([, type, from = ""]) => ({
    of: from.startsWith(".") ? normalize(join(dirname(file), from)) : from,
    typeOnly: type !== undefined && type !== "",
  }));
}

const below = (folder: string) => files.filter((file) => file.startsWith(`${folder}/`));
const functions = files.filter((file) => /^lambdas\/[^/]+\.ts$/.test(file));

describe.each(arrowsOf(below, functions))("%s", (_, layer, allowed) => {
  test("has files", () => expect(layer.length).toBeGreaterThan(0));

  test.each(layer)("%s imports only what its layer may", (file) => {
    const strangers = importsOf(file).filter(
      ({ of }) => !allowed.some((start) => of === start || of.startsWith(start)),
    );
    expect(strangers).toEqual([]);
  });
});

test.each(below("lambdas/app"))(
  "%s takes nothing from adapters: it knows its ports only by their interfaces",
  (file) => {
    expect(importsOf(file).filter(({ of }) => of.includes("adapters"))).toEqual([]);
  },
);

test.each(below("lambdas/adapters"))("%s takes use cases by type only, ports and errors apart", (file) => {
  const taken = importsOf(file).filter(({ of, typeOnly }) => of.startsWith("lambdas/app/") && !typeOnly);
  expect(taken.map(({ of }) => of).filter((of) => !/app\/(errors|ports)\.ts$/.test(of))).toEqual([]);
});

test.each([...below("lambdas/domain"), ...below("lambdas/app"), ...below("console/edit")])(
  "%s has no clock, no lots, no log and no environment",
  (file) => {
    const code = (sources.get(file) ?? "").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code).not.toMatch(/Date\.now|new Date\(\)|Math\.random|\bconsole\.|\bprocess\.|randomUUID|Temporal\.Now/);
  },
);

test("only adapters know AWS and the environment", () => {
  const others = files.filter((file) => !/^(lambdas\/adapters|stack\/deployed|lib|bin|cli)\//.test(file));
  for (const file of others) {
    expect(
      importsOf(file).filter(({ of }) => of.startsWith("@aws-sdk/")),
      file,
    ).toEqual([]);
    expect(sources.get(file), file).not.toContain("process.env");
  }
});

/** Everything that a file imports at run time, itself included, as far as it is in this repository; and packages. */
function closure(file: string): Set<string> {
  const found = new Set([file]);
  for (const each of found) for (const { of, typeOnly } of importsOf(each)) if (!typeOnly) found.add(of);
  return found;
}

describe("insight answers questions and does no input or output", () => {
  const insight = below("insight");

  test.each(insight.filter((file) => !file.startsWith("insight/cost/")))(
    "%s takes only types from outside the domain",
    (file) => {
      const taken = importsOf(file).filter(({ of, typeOnly }) => /^(lambdas\/app|simulator)\//.test(of) && !typeOnly);
      expect(taken).toEqual([]);
    },
  );

  test.each(insight)("%s has no clock, no random numbers, no console and no process", (file) => {
    const code = (sources.get(file) ?? "").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code).not.toMatch(
      /Date\.now|new Date\(\)|Math\.random|\bconsole\.\w+\(|\bprocess\.|randomUUID|Temporal\.Now/,
    );
  });

  const browser = [
    ...insight.filter((file) => !file.startsWith("insight/cost/")),
    ...below("simulator"),
    ...below("console/edit"),
  ];
  test.each(browser)("%s runs in a browser: no node: modules", (file) => {
    const node = [...closure(file)].filter((of) => of.startsWith("node:"));
    expect(node).toEqual([]);
  });
});

test.each([...Map.groupBy(below("console"), (file) => dirname(file))])("%s has at most 20 files", (_, inside) =>
  expect(inside.length).toBeLessThanOrEqual(20),
);

test.each(below("console/page"))("%s takes only types from the server's side, and runs in a browser", (file) => {
  const taken = importsOf(file).filter(({ of, typeOnly }) => of.startsWith("console/api/") && !typeOnly);
  expect(taken).toEqual([]);
  expect([...closure(file)].filter((of) => of.startsWith("node:"))).toEqual([]);
});

test("what is deployed knows nothing of what deploys, simulates or serves it", () => {
  const outer = /^(lib|bin|cli|console|insight|simulator|test)\//;
  for (const file of below("lambdas"))
    expect(
      importsOf(file).filter(({ of }) => outer.test(of)),
      file,
    ).toEqual([]);
});

test("what deploys takes types and names from the lambdas, nothing that runs on AWS", () => {
  const needed = new Set(below("lib"));
  for (const file of needed)
    for (const { of, typeOnly } of importsOf(file)) {
      if (typeOnly) continue;
      expect(of, `${file} needs it at run time`).not.toMatch(
        /^(@aws-sdk|@aws-lambda-powertools|@middy|lambdas\/app)\//,
      );
      if (of.startsWith("lambdas/")) needed.add(of);
    }
});

test("functions are wiring: no decisions, at most 40 lines", () => {
  for (const file of functions) {
    const source = sources.get(file) ?? "";
    expect(source.split("\n").length, file).toBeLessThanOrEqual(41);
    expect(source.match(/\bif \(/g)?.length ?? 0, file).toBeLessThanOrEqual(1);
  }
});

test("nothing lives in a folder that says nothing", () => {
  expect(files.filter((file) => /\/(utils?|helpers?|shared|common|misc)\//.test(file))).toEqual([]);
});
