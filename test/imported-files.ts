/**
 * The files that a test file imports, directly or through others, with their text. A test that reads code starts from its
 * own imports, so that it follows every move and every new file. Imports of types are left out: they do not run.
 */
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export function importedFiles(testFile: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    const source = readFileSync(file, "utf8");
    found.set(file, source);
    for (const [, path = ""] of source.matchAll(/^(?:import|export) (?!type)[^;]*?from "(\.[^"]+\.ts)"/gm))
      follow(join(dirname(file), path));
  };
  follow(testFile);
  const named = [...found].map(([file, source]) => [relative(process.cwd(), file), source] as const);
  return new Map(named.filter(([file]) => !file.startsWith("test/")));
}
