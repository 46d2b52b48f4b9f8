/**
 * The examples as the console loads them: from the folder `examples` in a clone, or from the file that the build made
 * of it in the package.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Scenario } from "../../simulator/scenario.ts";

export interface Example {
  readonly name: string;
  /** The scenario, with the documents in place of the names of their files. */
  readonly scenario: Scenario;
}

/** This file is in `console/engine` in a clone, and below `dist` in the package. */
const folder = join(import.meta.dirname, "../../examples");
const built = join(import.meta.dirname, "../examples.json");

export function examples(): Example[] {
  if (existsSync(built)) return read(built) as Example[];
  return globSync("*/scenario.json", { cwd: folder })
    .sort()
    .map((path) => exampleIn(join(folder, dirname(path))));
}

function exampleIn(path: string): Example {
  const scenario = read(join(path, "scenario.json")) as Readonly<Record<string, unknown>>;
  const documents = (names: unknown) => (names as string[] | undefined)?.map((name) => read(join(path, name)));
  // Edits are for the simulator: in the console, the person edits.
  const { edits: _, journeys, templates, segments, ...rest } = scenario;
  const loaded = { journeys: documents(journeys), templates: documents(templates), segments: documents(segments) };
  return { name: basename(path), scenario: { ...rest, ...loaded } as Scenario };
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
