/** The files of the page: built files in the package, files bundled from the sources in a clone. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

export interface PageFile {
  readonly type: string;
  readonly contents: Uint8Array;
}

/** In the package, the commands are in `dist/commands`. In a clone, this path has no index.html. */
const built = join(import.meta.dirname, "../console");

export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  if (existsSync(join(built, "index.html")))
    return new Map(
      globSync("**/*.*", { cwd: built }).map((path) => [
        addressOf(path),
        fileOf(path, readFileSync(join(built, path))),
      ]),
    );
  // Loaded only here: the package has finished files, and needs no esbuild.
  const { bundlePage } = await import("../build/bundle-page.ts");
  const contents = await bundlePage();
  return new Map([...contents].map(([path, bytes]) => [addressOf(path), fileOf(path, bytes)]));
}

const addressOf = (path: string) => (path === "index.html" ? "/" : `/${path.replaceAll("\\", "/")}`);

const fileOf = (path: string, contents: Uint8Array): PageFile => ({
  type: types[extname(path)] ?? "application/octet-stream",
  contents,
});

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
