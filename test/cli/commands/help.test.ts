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

test("no command loads the AWS SDK before it runs", () => {
  const commands = globSync(["cli/commands/*.ts", "cli/program.ts", "cli/process-io.ts"]);
  const files = new Map(commands.flatMap((file) => [...importedFiles(resolve(file))]));
  for (const [file, source] of files) expect(source, file).not.toMatch(/^import (?!type)[^;]*from "@aws-sdk/m);
  expect(files.size).toBeGreaterThan(30);
});

/** Seconds of CPU time: on a busy machine, the time on the clock says nothing. */
function cpuSeconds(args: readonly string[]): number {
  const measured = `import(${JSON.stringify(resolve("bin/journeys.cjs"))}); process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write("cpu " + (user + system) / 1e6);
  });`;
  const argv = `process.argv.splice(1, 0, "journeys");`;
  const { stderr } = spawnSync(process.execPath, ["-e", argv + measured, "--", ...args], { encoding: "utf8" });
  return Number(/cpu ([\d.]+)$/.exec(stderr)?.[1]);
}

test.each<[number, string[]]>([
  [0.35, ["--help"]],
  [0.35, ["validate", "--help"]],
  [0.5, ["validate", ...globSync("examples/abandoned-cart/{journey,*.template}.json")]],
])("takes less than %f seconds of CPU time: journeys %j", { timeout: 60_000, retry: 3 }, (most, args) => {
  cpuSeconds(args);
  expect(cpuSeconds(args)).toBeLessThan(most);
});
