/** Every command explains itself: `--help` with an example that names it and that its own options allow. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { importedFiles } from "../../imported-files.ts";
import { ran } from "../running.ts";

const { out } = await ran(["--help"]);
const names = [...out.matchAll(/^ {2}([a-z]+) +\[options\]/gm)].map(([, name]) => name ?? "");

test("all commands of the contract exist", () => {
  const contract = "validate simulate draw publish list show pause resume stop stats customer why send".split(" ");
  expect(names).toEqual(expect.arrayContaining(contract));
});

describe.each(names)("%s", (name) => {
  test("has help with an example", async () => {
    const { exitCode, out, err } = await ran([name, "--help"]);
    expect([exitCode, err]).toEqual([0, ""]);
    const [, example = ""] = /Example:\n {2}(journeys .*)/.exec(out) ?? [];
    expect(example).toMatch(new RegExp(`^journeys ${name}\\b`));
    for (const [option] of example.matchAll(/--[a-z-]+/g)) expect(out).toContain(`  ${option}`);
  });

  test("refuses an unknown option, exit code 2", async () => {
    const { exitCode, out, err } = await ran([name, "a", "b", "--no-such-option"]);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toMatch(/unknown option[\s\S]*--help/);
  });
});

/** Paths and bytes of the modules that a command loads, by Node's own hook. */
function loadedBy(args: readonly string[]): { readonly files: readonly string[]; readonly bytes: number } {
  const hook = `import { registerHooks } from "node:module";
    import { writeSync } from "node:fs";
    const loaded = [];
    registerHooks({ load(url, context, next) {
      const module = next(url, context);
      loaded.push([url, module.source?.length ?? 0]);
      return module;
    } });
    process.on("exit", () => writeSync(3, JSON.stringify(loaded)));`;
  const { output } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(hook)}`, "bin/journeys.cjs", ...args],
    { encoding: "utf8", stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  const loaded: [string, number][] = JSON.parse(output[3] ?? "[]");
  return { files: loaded.map(([url]) => url), bytes: loaded.reduce((sum, [, bytes]) => sum + bytes, 0) };
}

describe("a command loads what it needs, and nothing else", () => {
  const sources = globSync("examples/abandoned-cart/{journey,*.template}.json");

  test.each<[string[], number]>([
    [["--help"], 200_000],
    [["draw", "--help"], 2_500_000],
    [["validate", ...sources], 2_500_000],
  ])("journeys %j", (args, mostBytes) => {
    const { files, bytes } = loadedBy(args);
    expect(files.filter((file) => /@aws-sdk|@smithy|aws-cdk|\/lambdas\/adapters\//.test(file))).toEqual([]);
    expect(files.some((file) => file.endsWith("/cli/program.ts"))).toBe(true);
    expect(bytes).toBeLessThan(mostBytes);
  });
});

test("no command loads the AWS SDK before it runs", () => {
  const commands = globSync(["cli/commands/**/*.ts", "cli/program.ts", "cli/process-io.ts"]);
  const files = new Map(commands.flatMap((file) => [...importedFiles(resolve(file))]));
  for (const [file, source] of files) expect(source, file).not.toMatch(/^import (?!type)[^;]*from "@aws-sdk/m);
  expect(files.size).toBeGreaterThan(30);
});
