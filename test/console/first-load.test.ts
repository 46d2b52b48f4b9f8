/** The page's first load: what a browser needs before it shows anything. */
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundlePage } from "../../console/build/bundle-page.ts";

const MOST_BYTES = 350_000;

test("the first load is small, and has no part of a page that is loaded later", async () => {
  const files = await bundlePage();
  const needed = new Set(["index.html", "icon.svg", "page.css", "main.js"]);
  // A set grows while it is read: a script that is imported statically is read too.
  for (const name of needed)
    for (const [, imported] of textOf(files, name).matchAll(/(?:from|import)"\.\/([^"]+)"/g))
      if (imported !== undefined) needed.add(imported);
  const sizes = [...needed].map((name) => [name, gzipSync(textOf(files, name)).length] as const);
  expect(
    sizes.reduce((sum, [, size]) => sum + size, 0),
    JSON.stringify(sizes),
  ).toBeLessThanOrEqual(MOST_BYTES);
  expect(textOf(files, "main.js").length).toBeGreaterThan(10_000);
  const withEditor = [...files.keys()].filter((name) => textOf(files, name).includes("cm-scroller"));
  expect(withEditor.length).toBeGreaterThan(0);
  expect(withEditor.filter((name) => needed.has(name))).toEqual([]);
});

test("the page names nothing outside the console", async () => {
  const files = await bundlePage();
  for (const name of ["index.html", "page.css"])
    expect(textOf(files, name)).not.toMatch(/https?:|\/\/[a-z]|style=|onload/);
});

function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  const contents = files.get(name);
  if (!contents) throw new Error(`There is no file ${name}.`);
  return Buffer.from(contents).toString("utf8");
}
