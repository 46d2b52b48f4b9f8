/**
 * Makes `items.json` and `release.tar.br` anew: `node test/upgrade/remake.ts COMMIT` runs `life.ts` with the functions of an
 * earlier release and keeps the items that they have stored, and the code of that release. Do this after a release, so that
 * the tests always cover the release before. The items of one release differ between two runs in their times only.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepRelease } from "./kept-release.ts";

const here = import.meta.dirname;
const root = join(here, "../..");
const [, , commit = "HEAD"] = process.argv;

const folder = mkdtempSync(join(tmpdir(), "release-"));
try {
  const release = execFileSync("git", ["rev-parse", "--short", commit], { cwd: root, encoding: "utf8" }).trim();
  const archive = execFileSync("git", ["archive", release], { cwd: root, maxBuffer: 1e9 });
  execFileSync("tar", ["x", "-C", folder], { input: archive });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "test/upgrade"), { recursive: true });
  writeFileSync(join(folder, "test/upgrade/life.test.ts"), life(existsSync(join(folder, "test/wired/aws"))));
  const ITEMS = join(folder, "items.json");
  execFileSync("npx", ["vitest", "run", "test/upgrade/life.test.ts"], {
    cwd: folder,
    env: { ...process.env, ITEMS },
    stdio: "inherit",
  });
  const items = JSON.parse(readFileSync(ITEMS, "utf8")) as object;
  const file = join(here, "items.json");
  writeFileSync(file, JSON.stringify({ release, ...items }));
  keepRelease(release, root);
  execFileSync("npx", ["biome", "format", "--write", file], { cwd: root, stdio: "inherit" });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Earlier releases have the parts of the wired AWS beside the tests. */
function life(hasFolder: boolean): string {
  const text = readFileSync(join(here, "life.ts"), "utf8");
  return hasFolder ? text : text.replaceAll("../wired/aws/", "../wired/");
}
