/** The arrows between the layers, held against every import there is. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

interface Import {
  readonly of: string;
  readonly typeOnly: boolean;
}

const files = globSync("{lambdas,simulator,insight,statemachines,cli,bin,lib}/**/*.ts").sort();
const sources = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));

function importsOf(file: string): Import[] {
  const source = sources.get(file) ?? "";
  return [...source.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm)].map(
    ([, type, from = ""]) => ({
      of: from.startsWith(".") ? normalize(join(dirname(file), from)) : from,
      typeOnly: type !== undefined,
    }),
  );
}

const below = (folder: string) => files.filter((file) => file.startsWith(`${folder}/`));
const functions = files.filter((file) => /^lambdas\/[^/]+\.ts$/.test(file));

/** What each layer may import, by the beginning of the path or package. */
const arrows: [layer: string, files: string[], allowed: string[]][] = [
  [
    "domain",
    below("lambdas/domain"),
    ["lambdas/domain/", "zod", "liquidjs", "html-to-text", "temporal-polyfill", "fastest-levenshtein", "node:crypto"],
  ],
  ["app", below("lambdas/app"), ["lambdas/app/", "lambdas/domain/"]],
  [
    "adapters",
    below("lambdas/adapters"),
    [
      "lambdas/adapters/",
      "lambdas/app/",
      "lambdas/domain/",
      "@aws-sdk/",
      "@aws-lambda-powertools/",
      "@middy/core",
      "aws-lambda",
      "zod",
      "node:url",
    ],
  ],
  ["functions", functions, ["lambdas/adapters/", "lambdas/app/", "lambdas/domain/", "aws-lambda"]],
  ["simulator", below("simulator"), ["simulator/", "lambdas/app/", "lambdas/domain/", "tinyqueue", "zod"]],
  [
    "insight/cost",
    below("insight/cost"),
    [
      "insight/cost/",
      "simulator/",
      "statemachines/",
      "lambdas/app/",
      "lambdas/domain/",
      "lambdas/adapters/customer-items",
      "lambdas/adapters/writes",
      "node:",
    ],
  ],
  [
    "cli",
    [...below("cli"), ...below("bin").filter((file) => !file.includes("customer-journeys"))],
    [
      "cli/",
      "insight/",
      "simulator/",
      "lambdas/app/",
      "lambdas/domain/",
      "lambdas/adapters/",
      "local/",
      "@aws-sdk/",
      "commander",
      "jsonc-parser",
      "nodemailer",
      "zod",
      "node:",
    ],
  ],
];

describe.each(arrows)("%s", (_, layer, allowed) => {
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

test.each([...below("lambdas/domain"), ...below("lambdas/app")])(
  "%s has no clock, no lots, no log and no environment",
  (file) => {
    const code = (sources.get(file) ?? "").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code).not.toMatch(/Date\.now|new Date\(\)|Math\.random|\bconsole\.|\bprocess\.|randomUUID|Temporal\.Now/);
  },
);

test("only adapters know AWS and the environment", () => {
  const others = files.filter((file) => !/^(lambdas\/adapters|lib|bin|cli)\//.test(file));
  for (const file of others) {
    expect(
      importsOf(file).filter(({ of }) => of.startsWith("@aws-sdk/")),
      file,
    ).toEqual([]);
    expect(sources.get(file), file).not.toContain("process.env");
  }
});

test("what is deployed knows nothing of what deploys, simulates or serves it", () => {
  const outer = /^(lib|bin|cli|insight|simulator|test)\//;
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
