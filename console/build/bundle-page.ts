/** Bundles the page with esbuild: one script that every page needs, and parts that are loaded when they are needed. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

const page = join(import.meta.dirname, "../page");

/** Each file of the page by its path. */
export async function bundlePage(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(page, "main.tsx"), join(page, "page.css")],
    outdir: page,
    write: false,
    bundle: true,
    splitting: true,
    platform: "browser",
    format: "esm",
    target: ["chrome120", "firefox121", "safari17"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    chunkNames: "parts/[name]-[hash]",
    logLevel: "warning",
  });
  return new Map<string, Uint8Array>([
    ["index.html", readFileSync(join(page, "index.html"))],
    ["icon.svg", readFileSync(join(page, "icon.svg"))],
    ...outputFiles.map(({ path, contents }) => [relative(page, path), contents] as const),
  ]);
}
