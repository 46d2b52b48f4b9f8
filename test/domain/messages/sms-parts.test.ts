/** The parts of a text message, at their bounds. */
import { expect, test } from "vitest";
import { costlyCharacters, partsOf } from "../../../lambdas/domain/messages/sms-parts.ts";

test.each<[string, string, string, number]>([
  ["no text", "", "GSM-7", 1],
  ["160 letters", "a".repeat(160), "GSM-7", 1],
  ["161 letters", "a".repeat(161), "GSM-7", 2],
  ["306 letters", "a".repeat(306), "GSM-7", 2],
  ["307 letters", "a".repeat(307), "GSM-7", 3],
  ["umlauts and line breaks", "Größe\nÄÖÜ".repeat(16), "GSM-7", 1],
  ["80 euro signs, of two septets each", "€".repeat(80), "GSM-7", 1],
  ["81 euro signs", "€".repeat(81), "GSM-7", 2],
  ["a euro sign that does not fit at the end of a part", `${"a".repeat(152)}€${"a".repeat(152)}`, "GSM-7", 3],
  ["a euro sign that fits there", `${"a".repeat(151)}€${"a".repeat(153)}`, "GSM-7", 2],
  ["70 letters and a curly quote among them", `${"a".repeat(69)}’`, "UCS-2", 1],
  ["71 letters and a curly quote among them", `${"a".repeat(70)}’`, "UCS-2", 2],
  ["160 letters and a curly quote", `${"a".repeat(159)}’`, "UCS-2", 3],
  ["an accent that GSM-7 lacks", "Ça va, élève ê", "UCS-2", 1],
  ["35 emojis of two units", "🎉".repeat(35), "UCS-2", 1],
  ["36 emojis", "🎉".repeat(36), "UCS-2", 2],
  ["an emoji that is not split between two parts", `${"я".repeat(66)}🎉${"я".repeat(66)}`, "UCS-2", 3],
  ["134 letters of another script", "я".repeat(134), "UCS-2", 2],
  ["135 letters of another script", "я".repeat(135), "UCS-2", 3],
])("%s", (_, text, encoding, parts) => expect(partsOf(text)).toEqual({ encoding, parts }));

test("costly characters are named once", () => expect(costlyCharacters("’a’🎉€")).toEqual(["’", "🎉"]));
