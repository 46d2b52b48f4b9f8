/** JSON from outside: integers beyond 2^53 keep their exact text. */
import { expect, test } from "vitest";
import { exactNumber, parseJson } from "../../../lambdas/domain/values/parse-json.ts";

test.each<[string, unknown]>([
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", "9007199254740993"],
  ["-9007199254740993", "-9007199254740993"],
  ['{"a":[9007199254740992,9007199254740993]}', { a: ["9007199254740992", "9007199254740993"] }],
  ["1234567890123456.5", 1234567890123456.5],
  ["0.1234567890123456789", 0.12345678901234568],
  ['"9007199254740993"', "9007199254740993"],
  ["1e16", 1e16],
  ['{"n":1,"text":"1234567890123456"}', { n: 1, text: "1234567890123456" }],
])("%s", (text, expected) => expect(parseJson(text)).toEqual(expected));

test("a number of DynamoDB is read in the same way", () =>
  expect(["7", "-0.5", "9007199254740993"].map(exactNumber)).toEqual([7, -0.5, "9007199254740993"]));
