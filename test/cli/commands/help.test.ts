/** Every command explains itself: `--help` with an example that names it and that its own options allow. */
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
  const files = importedFiles(import.meta.filename);
  for (const [file, source] of files) expect(source, file).not.toMatch(/^import (?!type)[^;]*from "@aws-sdk/m);
  expect(files.size).toBeGreaterThan(30);
});
