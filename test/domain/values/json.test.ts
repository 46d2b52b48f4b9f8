/** Reading and comparing JSON values. */
import { describe, expect, test } from "vitest";
import {
  asObject,
  at,
  canonical,
  isShallow,
  type Json,
  own,
  readerOf,
  same,
} from "../../../lambdas/domain/values/json.ts";

const value: Json = { a: { b: [10, { c: "x" }], n: null }, "": 1 };

describe("at", () => {
  test.each<[string[], Json | undefined]>([
    [
      ["a", "b"],
      [10, { c: "x" }],
    ],
    [["a", "b", "0"], 10],
    [["a", "b", "1", "c"], "x"],
    [["a", "b", "2"], undefined],
    [["a", "b", "length"], undefined],
    [["a", "b", "-1"], undefined],
    [["a", "n"], undefined],
    [["a", "n", "x"], undefined],
    [["a", "b", "0", "toFixed"], undefined],
    [["a", "constructor"], undefined],
    [["__proto__"], undefined],
    [["missing", "deeper"], undefined],
    [[""], 1],
    [[], value],
    [["a", "b", "1x"], undefined],
    [["a", "b", "x1"], undefined],
  ])("%j", (names, expected) => {
    expect(at(value, names)).toEqual(expected);
    expect(readerOf(names)(value)).toEqual(expected);
  });

  test("reads the eleventh item of a list", () => {
    const list = Array.from({ length: 12 }, (_, item) => item);
    expect([at(list, ["10"]), readerOf(["10"])(list)]).toEqual([10, 10]);
  });

  test.each<[Json | undefined]>([[undefined], [null], ["text"], [7]])("finds no member in %j", (value) => {
    expect([at(value, ["length"]), readerOf(["length"])(value)]).toEqual([undefined, undefined]);
  });

  test("an empty path returns the value itself, and no value for null", () => {
    expect([at(null, []), readerOf([])(null), readerOf([])(7)]).toEqual([undefined, undefined, 7]);
  });
});

describe("same", () => {
  test.each<[Json | undefined, Json | undefined, boolean]>([
    [1, 1, true],
    [1, "1", false],
    ["a", "A", false],
    [null, null, true],
    [null, undefined, false],
    [undefined, undefined, true],
    [null, {}, false],
    [{}, null, false],
    [[], {}, false],
    [{}, [], false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [{ a: 1 }, { b: 1 }, false],
    [{ a: [{ b: 1 }] }, { a: [{ b: 1 }] }, true],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, false],
    [1, {}, false],
  ])("%j and %j: %s", (a, b, expected) => expect(same(a, b)).toBe(expected));
});

describe("canonical", () => {
  test.each<[Json, string]>([
    [{ b: 1, a: { d: 1, c: [3, 1] } }, '{"a":{"c":[3,1],"d":1},"b":1}'],
    ["a", '"a"'],
    [[{ b: 1, a: 2 }], '[{"a":2,"b":1}]'],
    [null, "null"],
  ])("%j", (value, text) => expect(canonical(value)).toBe(text));
});

test("own reads own members, never members of a prototype", () => {
  expect(own({ a: 1 }, "a")).toBe(1);
  expect(own({ a: 1 }, "constructor")).toBeUndefined();
  expect(own<number>(undefined, "a")).toBeUndefined();
});

test.each<[unknown, number]>([
  [1, 0],
  [null, 0],
  [{}, 0],
  [[1], 1],
  [{ a: null, b: [1] }, 2],
  [[[[]]], 2],
])("%j is nested %i levels deep", (value, levels) => {
  expect(isShallow(value, levels)).toBe(true);
  expect(isShallow(value, levels - 1)).toBe(false);
});

test.each<[Json | undefined, boolean]>([
  [{ a: 1 }, true],
  [{}, true],
  [[], false],
  [null, false],
  ["{}", false],
  [undefined, false],
])("%j is an object: %s", (value, is) => expect(asObject(value)).toBe(is ? value : undefined));
