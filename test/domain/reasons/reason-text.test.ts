/** Reasons in words. */
import { expect, test } from "vitest";
import { reasonText, reasonTexts } from "../../../lambdas/domain/reasons/reason-text.ts";

test("no text is its own code, but where the code is a plain word", () => {
  const same = Object.entries(reasonTexts).filter(([code, text]) => code === text);
  expect(same.map(([code]) => code)).toEqual(["unsubscribed"]);
});

test("two reasons never read the same", () => {
  const texts = Object.values(reasonTexts);
  expect(new Set(texts).size).toBe(texts.length);
});

test.each(["bought", "MessageRejected", "constructor", ""])("the reason %j, which others have named, stays", (reason) =>
  expect(reasonText(reason)).toBe(reason),
);
