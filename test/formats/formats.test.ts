/**
 * Compares everything that the functions store or send with `formats.txt`, line by line. Other code and other releases
 * read these formats, so a refactoring must not change one unnoticed.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeployedFunctions } from "./deployed-functions.ts";
import { difference, golden } from "./golden.ts";
import { Sheet } from "./sheet.ts";
import { wholeLife } from "./whole-life.ts";

const functions = new DeployedFunctions();
const sheet = new Sheet();
let broken: unknown;

beforeAll(async () => {
  await functions.start("2026-01-05T09:59:00Z");
  await wholeLife(functions, sheet).catch((error: unknown) => {
    broken = error;
  });
}, 60_000);

afterAll(() => functions.stop());

test.each([...golden.keys()])("%s", (title) => {
  const changed = difference(title, sheet.sections.get(title) ?? new Map(), broken !== undefined);
  if (changed !== undefined) expect.fail(changed);
});

test("the functions read what they have written, to the end of the life", () => {
  if (broken !== undefined) throw broken;
  expect([...sheet.sections.keys()].sort()).toEqual([...golden.keys()].sort());
});
