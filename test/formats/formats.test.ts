/**
 * Everything that is stored or sent, and read again by other code or by another release, line by line as `formats.txt`
 * has it. The deployed functions write the lines anew, so that a refactoring cannot change one unnoticed.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeployedFunctions } from "./deployed-functions.ts";
import { difference, golden } from "./golden.ts";
import { Life } from "./life.ts";
import { Others } from "./others.ts";
import { Sheet } from "./sheet.ts";

const functions = new DeployedFunctions();
const sheet = new Sheet();
let broken: unknown;

/** One after the other: each goes on from what those before have stored. */
async function live(): Promise<void> {
  const [life, others] = [new Life(functions, sheet), new Others(functions, sheet)];
  await life.publish();
  await life.enter();
  await life.walk();
  await others.queue();
  await life.report();
  await life.leave();
  await life.erase();
  await others.drawLots();
  await others.fail();
}

beforeAll(async () => {
  await functions.start("2026-01-05T09:59:00Z");
  await live().catch((error: unknown) => {
    broken = error;
  });
}, 60_000);

afterAll(() => functions.stop());

test.each([...golden.keys()])("%s", (title) => {
  const told = difference(title, sheet.sections.get(title) ?? new Map(), broken !== undefined);
  if (told !== undefined) expect.fail(told);
});

test("the functions read what they have written, to the end of the life", () => {
  if (broken !== undefined) throw broken;
  expect([...sheet.sections.keys()].sort()).toEqual([...golden.keys()].sort());
});
