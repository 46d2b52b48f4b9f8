/** Long texts in conditions: the check of a journey pays for them, and does not copy them from place to place. */
import { expect, test } from "vitest";
import { attributeAtom } from "../../../lambdas/domain/model/atom.ts";
import { assume, type Facts, nothingKnown, textOf } from "../../../lambdas/domain/model/facts.ts";

/** What is known after 13 comparisons of one attribute, each with a text of its own, and the work that it took. */
function known(length: number) {
  const work = { left: 1_000_000 };
  let facts: Facts = nothingKnown(work);
  for (const letter of "abcdefghijklm") {
    const atom = attributeAtom("notes", "contains", letter.repeat(length));
    facts = assume(facts, { atom, holds: true }) ?? facts;
  }
  return { facts, work: 1_000_000 - work.left };
}

test("equal facts have one short text, however long the texts are that a condition compares with", () => {
  const numbers = new Map<string, number>();
  const [one, same] = [textOf(known(10_000).facts, numbers), textOf(known(10_000).facts, numbers)];
  expect(one).toBe(same);
  expect(one.length).toBeLessThan(100);
  expect(textOf(known(9_999).facts, numbers)).not.toBe(one);
});

test("comparisons with long texts are paid by their length; comparisons with ordinary texts are not", () => {
  const [ordinary, long, twice] = [known(1).work, known(10_000).work, known(20_000).work];
  expect(known(4).work).toBeLessThan(ordinary * 1.1);
  expect(long).toBeGreaterThan(ordinary * 5);
  expect((twice - ordinary) / (long - ordinary)).toBeCloseTo(2, 1);
});
