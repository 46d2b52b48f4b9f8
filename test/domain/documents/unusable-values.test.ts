/** Numbers and texts that JSON can hold, and the database and other programs cannot. */
import { describe, expect, test } from "vitest";
import {
  isStorable,
  numberProblems,
  repaired,
  textProblems,
} from "../../../lambdas/domain/documents/unusable-values.ts";
import type { Json } from "../../../lambdas/domain/values/json.ts";

test.each([
  [0, true],
  [-0, true],
  [1, true],
  [-9.9e125, true],
  [1e126, false],
  [-1e126, false],
  [1e-130, true],
  [9e-131, false],
  [Number.MIN_VALUE, false],
  [Number.POSITIVE_INFINITY, false],
  [Number.NaN, false],
])("%d can be stored: %s", (value, expected) => expect(isStorable(value)).toBe(expected));

test("the place of each number is named", () => {
  const value: unknown = JSON.parse('{"a":[1,{"b":1e400}],"c d":-1e999,"e":"1e400"}');
  expect(numberProblems(value, isStorable).map(({ path }) => path)).toEqual(["a[1].b", "c d"]);
});

test("the place of each text is named; for a name, the object that has it", () => {
  const value = { a: ["x", "\ud800"], b: { "\udc00": 1 }, c: "🛒" };
  expect(textProblems(value).map(({ path }) => path)).toEqual(["a[1]", "b"]);
});

describe("repaired", () => {
  test.each<[string, Json, Json]>([
    ["a text", "\ud83d", "\ufffd"],
    ["texts in lists and objects", [{ a: ["x\udc00"] }], [{ a: ["x\ufffd"] }]],
    ["a name", { "\ud800a": 1, b: 2 }, { "\ufffda": 1, b: 2 }],
    ["the name __proto__ stays a member", JSON.parse('{"__proto__":"\\ud800"}'), JSON.parse('{"__proto__":"\ufffd"}')],
  ])("%s", (_, value, expected) => {
    expect(repaired(value)).toEqual(expected);
    expect(JSON.stringify(repaired(value))).toBe(JSON.stringify(expected));
  });

  test("a value without a lone surrogate is returned itself", () => {
    const value = { a: [{ b: "🛒" }, null, 1, true], c: {} };
    expect(repaired(value)).toBe(value);
  });
});
