/** Every example is good, gives the same timeline on every run, and ends for each customer as its scenario says. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkFiles } from "../cli/check-files.ts";
import { processIo } from "../cli/io.ts";
import { loadScenario } from "../cli/load-scenario.ts";
import type { Scenario } from "../simulator/scenario.ts";
import { simulate } from "../simulator/simulate.ts";
import type { Summary, TimelineLine } from "../simulator/timeline.ts";

const io = processIo();
const folders = globSync("examples/*/scenario.json")
  .map((path) => path.replace(/\/scenario\.json$/, ""))
  .sort();

async function lived(scenario: Scenario): Promise<{ lines: TimelineLine[]; summary: Summary }> {
  const lines: TimelineLine[] = [];
  const result = await simulate(scenario, (line) => lines.push(line));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return { lines, summary: result.summary };
}

/** What became of each customer: the lines that say how they came, what they got and how they left. */
function fates(lines: readonly TimelineLine[]): Record<string, string[]> {
  const told: Record<string, string[]> = {};
  for (const line of lines) {
    const fate = fateOf(line);
    if (fate !== undefined) told[line.customerId] = [...(told[line.customerId] ?? []), fate];
  }
  return told;
}

function fateOf(line: TimelineLine): string | undefined {
  const at = line.at.slice(0, 16);
  switch (line.kind) {
    case "entered":
      return `${at} enters ${line.journeyId} v${line.version}`;
    case "not-entered":
      return `${at} does not enter ${line.journeyId}: ${line.reason}`;
    case "message":
      return `${at} gets ${line.template}`;
    case "goal":
      return `${at} reaches ${line.goalId}`;
    case "exited":
      return `${at} exits at ${line.componentId}: ${line.reason}`;
    case "completed":
      return `${at} completes ${line.journeyId}`;
    case "failed":
      return `${at} fails: ${line.reason}`;
    case "component":
      return undefined;
  }
}

test("there are eight examples and more", () => {
  expect(folders.length).toBeGreaterThanOrEqual(8);
});

describe.each(folders)("%s", (folder) => {
  const documents = globSync(`${folder}/{journey,*.journey,*.template}.json`).sort();
  const loaded = loadScenario(`${folder}/scenario.json`, io);
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded));
  const { scenario } = loaded;

  test("its documents have no problems", () => {
    expect(checkFiles(documents, io).flatMap(({ problems }) => problems)).toEqual([]);
  });

  test("says what it teaches before anything else", () => {
    for (const journey of scenario.journeys ?? []) {
      expect(Object.keys(journey).slice(0, 3)).toEqual(["$schema", "id", "description"]);
      expect(journey.description).toMatch(/^Teaches /);
    }
  });

  test("gives the same timeline on every run", async () => {
    const [first, second] = [await lived(scenario), await lived(scenario)];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  test("ends for each customer as expected", async () => {
    const { lines, summary } = await lived(scenario);
    const expected = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8"));
    expect({ customers: fates(lines), summary }).toEqual(expected);
  });
});
