import { expect, test } from "vitest";
import { utf8Length } from "../../../lambdas/domain/values/utf8-length.ts";

test.each([
  ["nothing", ""],
  ["ASCII", "tea\u007f"],
  ["two bytes each", "\u0080éß\u07ff"],
  ["three bytes each", "\u0800茶\uffff"],
  ["surrogate pairs", "🍵\u{10ffff}"],
  ["half a pair", "a\ud83db\udf75"],
  ["a high surrogate at the end", "a\ud83d"],
  ["two high surrogates and a low one", "\ud83d\ud83c\udf75"],
])("%s", (_, text) => expect(utf8Length(text)).toBe(Buffer.byteLength(text)));
