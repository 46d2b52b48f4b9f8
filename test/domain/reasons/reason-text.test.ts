/** The texts of reasons. */
import { expect, test } from "vitest";
import { reasonText, reasonTexts } from "../../../lambdas/domain/reasons/reason-text.ts";

test("no text equals its code, except a code that is a plain word", () => {
  const same = Object.entries(reasonTexts).filter(([code, text]) => code === text);
  expect(same.map(([code]) => code)).toEqual(["unsubscribed"]);
});

test("all texts are different", () => {
  const texts = Object.values(reasonTexts);
  expect(new Set(texts).size).toBe(texts.length);
});

test.each(["bought", "MessageRejected", "constructor", ""])(
  "the reason %j has no text and is returned unchanged",
  (reason) => expect(reasonText(reason)).toBe(reason),
);
