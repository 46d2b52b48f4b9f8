/**
 * The test files of the pure folders share their modules (`vitest.config.ts`). A file that changes the environment, a
 * global or a module would change it for the files that run after it, so such a file belongs in another folder.
 */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pureFolders } from "../vitest.config.ts";

const changes: readonly [what: string, code: RegExp][] = [
  ["sets a variable of the environment", /\bprocess\.env(?:\.\w+|\[[^\]]+\])\s*\??\??=(?!=)/],
  ["assigns to the environment", /\bObject\.assign\(process\.env\b/],
  ["deletes a variable of the environment", /\bdelete process\.env\b/],
  ["replaces the environment", /\bprocess\.env\s*=(?!=)/],
  ["changes the folder of the process", /\bprocess\.chdir\(/],
  ["sets a global", /\bglobalThis(?:\.\w+|\[[^\]]+\])\s*=(?!=)/],
  ["patches through vitest", /\bvi\.(?:mock|doMock|stub\w+|useFakeTimers|spyOn|setSystemTime)\(/],
];

const changesIn = (source: string) => changes.filter(([, code]) => code.test(source)).map(([what]) => what);

test.each(globSync(`test/{${pureFolders.join(",")}}/**/*.ts`).sort())("%s changes nothing for other files", (file) => {
  expect(changesIn(readFileSync(file, "utf8"))).toEqual([]);
});

test.each([
  ['process.env.AWS_REGION = "x";', "sets a variable of the environment"],
  ['process.env["AWS_REGION"] ??= "x";', "sets a variable of the environment"],
  ["Object.assign(process.env, { A: 1 });", "assigns to the environment"],
  ["delete process.env.A;", "deletes a variable of the environment"],
  ["process.env = {};", "replaces the environment"],
  ['process.chdir("/");', "changes the folder of the process"],
  ["globalThis.fetch = other;", "sets a global"],
  ['vi.stubEnv("A", "b");', "patches through vitest"],
])("the check sees %s", (source, what) => {
  expect(changesIn(source)).toEqual([what]);
});

test("the check lets a file read the environment", () => {
  expect(changesIn('const env = { ...process.env, TZ };\nif (process.env.CI === "true") throw new Error();')).toEqual(
    [],
  );
});
