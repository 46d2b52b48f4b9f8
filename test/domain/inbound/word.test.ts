/** The word of a message: the same for each way in which people write the same short answer. */
import { expect, test } from "vitest";
import { wordOf } from "../../../lambdas/domain/inbound/word.ts";

test.each([
  ["yes", "yes"],
  ["YES", "yes"],
  [" Yes! \n", "yes"],
  ["y.e.s", "yes"],
  ["Yes 👍", "yes"],
  ["yes ❤️", "yes"],
  ["ＹＥＳ", "yes"],
  ["Yes, please.", "yesplease"],
  ["don't", "dont"],
  ["don’t", "dont"],
  ["Sí", "si"],
  ["Si\u0301", "si"],
  ["NÃO", "nao"],
  ["Größer", "großer"],
  ["İyi", "iyi"],
  ["Ναί", "ναι"],
  ["Да", "да"],
  ["ой", "ой"],
  ["はい。", "はい"],
  ["だめ", "だめ"],
  ["네", "네"],
  ["हाँ", "हाँ"],
  ["ใช่", "ใช่"],
  ["نعم", "نعم"],
  ["1", "1"],
  ["1️⃣", "1"],
  ["Room 12 b", "room12b"],
  [`yes${" ".repeat(200)}`, "yes"],
  ["y".repeat(64), "y".repeat(64)],
])("%j is %j", (text, word) => expect(wordOf(text)).toBe(word));

test.each([
  [""],
  ["   "],
  ["👍"],
  ["❤️"],
  ["?!"],
  ["y".repeat(65)],
  ["Yes, but not before eight, and only when the parcel has come by then"],
])("%j has none", (text) => expect(wordOf(text)).toBeUndefined());

test("two words of another script that differ only in a mark stay two", () =>
  expect(wordOf("हाँ")).not.toBe(wordOf("हो")));
