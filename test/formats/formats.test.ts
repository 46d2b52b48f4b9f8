/**
 * Compares everything that the functions store or send with `formats.txt`, line by line. Other code and other releases
 * read these formats, so a refactoring must not change one unnoticed.
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

/** The order matters: each part goes on from the items that the parts before have stored. */
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
  await others.stop();
}

beforeAll(async () => {
  await functions.start("2026-01-05T09:59:00Z");
  await live().catch((error: unknown) => {
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
