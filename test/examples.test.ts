/**
 * Every example is good, gives the same timeline on every run, and ends for each customer as `expected.json` says.
 * The expectation was written from the journey, not copied from a run: when a run differs, one of the two is wrong.
 */

import { existsSync, globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { checkFiles } from "../cli/files/check-files.ts";
import { documentFiles } from "../cli/files/document-files.ts";
import { loadScenario } from "../cli/files/load-scenario.ts";
import { processIo } from "../cli/process-io.ts";
import { runFile } from "../cli/test/ran-test.ts";
import { textOrTemplate } from "../insight/preview/whatsapp-text.ts";
import type { Scenario } from "../simulator/scenario.ts";
import { simulate } from "../simulator/simulate.ts";
import type { Summary, TimelineLine } from "../simulator/timeline.ts";

const io = processIo();
const folders = globSync("examples/*/scenario.json")
  .map((path) => path.replace(/\/scenario\.json$/, ""))
  .sort();

interface Lived {
  readonly lines: readonly TimelineLine[];
  readonly warnings: readonly string[];
  readonly summary: Summary;
}

async function lived(scenario: Scenario): Promise<Lived> {
  const lines: TimelineLine[] = [];
  const result = await simulate(scenario, (line) => lines.push(line));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return { lines, warnings: result.warnings, summary: result.summary };
}

/** What became of each customer: how they came, which way they took, what they got and how they left. */
function fates(lines: readonly TimelineLine[]): Record<string, string[]> {
  const told: Record<string, string[]> = {};
  for (const line of lines) {
    const fate = (tell[line.kind] as (line: TimelineLine) => string | undefined)(line);
    if (fate !== undefined && "customerId" in line)
      told[line.customerId] = [...(told[line.customerId] ?? []), `${line.at.slice(0, 16)} ${fate}`];
  }
  return told;
}

type LineOf<K extends TimelineLine["kind"]> = Extract<TimelineLine, { kind: K }>;

const choosing = new Set(["messageStatusRule", "condition", "split", "waitFor"]);

const tell: { [K in TimelineLine["kind"]]: (line: LineOf<K>) => string | undefined } = {
  entered: ({ journeyId, version, key }) => `enters ${journeyId} v${version}${key === undefined ? "" : ` (${key})`}`,
  "not-entered": ({ journeyId, reason }) => `does not enter ${journeyId}: ${reason}`,
  component: ({ componentId, type, outcome, reason }) => {
    if (outcome === "skipped") return `${componentId} is skipped: ${reason}`;
    return choosing.has(type) && outcome !== "waiting" ? `${componentId}: ${outcome}` : undefined;
  },
  message: ({ template, subject, ...said }) =>
    `gets ${template}: ${subject || textOrTemplate(said)?.replaceAll("\n", ", ")}`,
  goal: ({ goalId }) => `reaches ${goalId}`,
  exited: ({ componentId, reason }) => `exits at ${componentId}: ${reason}`,
  run: () => undefined,
  completed: ({ journeyId }) => `completes ${journeyId}`,
  failed: ({ reason }) => `fails: ${reason}`,
};

test("there are ten examples and more", () => {
  expect(folders.length).toBeGreaterThanOrEqual(10);
});

test("a newcomer who checks the whole folder of examples meets no problem", () => {
  const files = documentFiles(["examples"], io);
  expect(files.length).toBeGreaterThan(2 * folders.length);
  expect(checkFiles(files, io).flatMap(({ problems }) => problems)).toEqual([]);
});

describe.each(folders)("%s", (folder) => {
  const documents = globSync(`${folder}/{journey,*.journey,*.template,*.layout,*.partial,*.segment}.json`).sort();
  const loaded = loadScenario(`${folder}/scenario.json`, io);
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded));
  const { scenario } = loaded;

  test("its documents have no problems", () => {
    expect(checkFiles(documents, io).flatMap(({ problems }) => problems)).toEqual([]);
  });

  test("its journeys say what they teach before anything else", () => {
    const edited = (scenario.edits ?? []).map(({ journey }) => journey).filter((journey) => journey !== undefined);
    for (const journey of [...(scenario.journeys ?? []), ...edited]) {
      expect(Object.keys(journey).slice(0, 3)).toEqual(["$schema", "id", "description"]);
      expect(journey.description).toMatch(/^Teaches .+\.$/);
    }
  });

  test("editors find the schema of each document", () => {
    for (const file of documents) {
      const { $schema } = JSON.parse(readFileSync(file, "utf8"));
      expect(existsSync(resolve(folder, $schema)), `${file} names ${$schema}`).toBe(true);
    }
  });

  test("names two to five people, and nobody who could be real", () => {
    const { customers = [] } = scenario;
    expect(customers.length).toBeGreaterThanOrEqual(2);
    expect(customers.length).toBeLessThanOrEqual(5);
    expect(customers.every(({ firstName }) => typeof firstName === "string")).toBe(true);
    const hosts = JSON.stringify(scenario).matchAll(/(?:@|https?:\/\/)([a-z0-9.-]+\.[a-z]+)/gi);
    for (const [, host] of hosts) expect(host).toMatch(/\.example$/);
  });

  test("gives the same timeline on every run, in order of time", async () => {
    const [first, second] = [await lived(scenario), await lived(scenario)];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    const times = first.lines.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
  });

  test("has journey tests, and they pass", async () => {
    const tests = globSync(`${folder}/*.test.json`);
    expect(tests.length).toBeGreaterThan(0);
    for (const file of tests) expect(await runFile(file, io)).toMatchObject({ ok: true, failures: [], problems: [] });
  });

  test("ends for each customer as expected", async () => {
    const { lines, warnings, summary } = await lived(scenario);
    const expected = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8"));
    expect({ customers: fates(lines), warnings, summary }).toEqual(expected);
  });
});
