/** Reading and comparing what apps say. */
import { describe, expect, test } from "vitest";
import { at, canonical, type Json, own, same } from "../../lambdas/domain/json.ts";

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
  ])("%j", (names, expected) => expect(at(value, names)).toEqual(expected));
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

test("own: a member that somebody put there, never one of a prototype", () => {
  expect(own({ a: 1 }, "a")).toBe(1);
  expect(own({ a: 1 }, "constructor")).toBeUndefined();
  expect(own<number>(undefined, "a")).toBeUndefined();
});
