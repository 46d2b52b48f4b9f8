/** Folders and files of the repository: how many, how long, and that no two folders import each other. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const files = globSync(
  "{lambdas,statemachines,simulator,proof,insight,stack,cli,console,bin,lib,local,bench,test}/**/*.{ts,tsx}",
).sort();
const sources = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));

test("no file has more than 250 lines", () => {
  const found = files.filter((file) => (sources.get(file)?.split("\n").length ?? 0) > 251);
  expect(found).toEqual([]);
});

test("no folder has more than 20 files", () => {
  const folders = Map.groupBy(files, (file) => dirname(file));
  const found = [...folders].filter(([, inside]) => inside.length > 20).map(([folder]) => folder);
  expect(found).toEqual([]);
});

describe("no circle of imports", () => {
  const layers = ["lambdas/domain", "lambdas/app", "lambdas/adapters", "simulator", "proof", "insight"].concat([
    "stack",
    "cli",
    "console",
    "lib",
    "bin",
    "bench",
    "local",
    "test",
  ]);

  test.each(layers)("between the folders of %s", (layer) => {
    const isInside = (path: string) => path === layer || path.startsWith(`${layer}/`);
    expect(circlesIn(arrowsOf(files.filter(isInside), dirname, isInside))).toEqual([]);
  });

  test("between the layers", () => {
    const layerOf = (path: string) => {
      const [first = "", second = "", ...rest] = path.split("/");
      return first === "lambdas" ? `${first}/${rest.length > 0 ? second : "*.ts"}` : first;
    };
    expect(circlesIn(arrowsOf(files, layerOf, () => true))).toEqual([]);
  });

  test("between the files of stack/deployed", () => {
    const isInside = (path: string) => dirname(path) === "stack/deployed";
    expect(circlesIn(arrowsOf(files.filter(isInside), (path) => path, isInside))).toEqual([]);
  });

  test("the search finds a circle over three folders, and none in a tree", () => {
    const arrows = (of: Record<string, string[]>) =>
      new Map(Object.entries(of).map(([from, to]) => [from, new Set(to)]));
    expect(circlesIn(arrows({ a: ["b"], b: ["c"], c: ["a"] }))).toEqual(["a → b → c → a"]);
    expect(circlesIn(arrows({ a: ["b", "c"], b: ["c"] }))).toEqual([]);
  });
});

/** The imports between files or folders, of types too, as far as both are inside. `of` is the folder of a file, or the file itself. */
function arrowsOf(from: readonly string[], of: (path: string) => string, isInside: (path: string) => boolean) {
  const arrows = new Map<string, Set<string>>();
  for (const file of from)
    for (const [, path = ""] of (sources.get(file) ?? "").matchAll(
      /^(?:import|export)[^"';]*?\sfrom\s+"(\.[^"]+)"/gm,
    )) {
      const [a, b] = [of(file), of(normalize(join(dirname(file), path)))];
      if (a !== b && isInside(b)) arrows.set(a, (arrows.get(a) ?? new Set()).add(b));
    }
  return arrows;
}

/** The circles that a depth-first walk meets, each once, as `a → b → a`. */
function circlesIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const [done, circles] = [new Set<string>(), [] as string[]];
  const walk = (folder: string, path: readonly string[]): void => {
    if (path.includes(folder)) circles.push([...path.slice(path.indexOf(folder)), folder].join(" → "));
    if (path.includes(folder) || done.has(folder)) return;
    for (const next of arrows.get(folder) ?? []) walk(next, [...path, folder]);
    done.add(folder);
  };
  for (const folder of arrows.keys()) walk(folder, []);
  return circles;
}
