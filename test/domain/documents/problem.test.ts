/** The messages of problems, for the person who must fix them. */
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { brief, check, pathText } from "../../../lambdas/domain/documents/problem.ts";
import { didYouMean } from "../../../lambdas/domain/values/did-you-mean.ts";

describe("did you mean", () => {
  const many = Array.from({ length: 13 }, (_, n) => `word-number-${n}`);
  test.each<[string, string[], string]>([
    ["remidn", ["remind", "wait"], ' Did you mean "remind"?'],
    ["REMIND", ["remind"], ' Did you mean "remind"?'],
    ["ab", ["ac", "xy"], ' Did you mean "ac"?'],
    ["abc", ["axy"], ' Known: "axy".'],
    ["abcd", ["abxy"], ' Known: "abxy".'],
    ["abdc", ["abcd"], ' Did you mean "abcd"?'],
    ["wait", ["exit"], ' Known: "exit".'],
    // Of nine letters, three may differ.
    ["abcdefghi", ["abcdefxyz"], ' Did you mean "abcdefxyz"?'],
    ["abcdefghi", ["abcdewxyz"], ' Known: "abcdewxyz".'],
    // Of two words at the same distance, the first in alphabetical order is suggested.
    ["cat", ["hat", "bat"], ' Did you mean "bat"?'],
    ["cat", ["bat", "hat"], ' Did you mean "bat"?'],
    ["quite else", ["a", "b"], ' Known: "a", "b".'],
    [
      "quite else",
      many.slice(1),
      ` Known: ${many
        .slice(1)
        .map((word) => `"${word}"`)
        .join(", ")}.`,
    ],
    ["quite else", many, ""],
    ["quite else", [], ""],
  ])("%s of %j", (word, known, text) => expect(didYouMean(word, known)).toBe(text));
});

test.each<[(string | number)[], string]>([
  [[], ""],
  [["exit", 0, "where"], "exit[0].where"],
  [["components", "a", "tags", 12], "components.a.tags[12]"],
])("%j is %s", (path, text) => expect(pathText(path)).toBe(text));

test("a message that quotes a long text keeps its start and its end", () => {
  const [short, long] = ["x".repeat(400), `start${"x".repeat(400)}end`];
  expect(brief(short)).toBe(short);
  expect(brief(long)).toMatch(/^start.{115} … .{257}end$/);
});

describe("each problem that a schema finds is a sentence", () => {
  const within = (name: string, schema: z.core.$ZodType, value: unknown) => {
    const checked = check(z.strictObject({ [name]: schema }), { [name]: value });
    return "problems" in checked ? checked.problems : [];
  };
  test.each<[string, z.core.$ZodType, unknown, string, string]>([
    [
      "a list too short",
      z.array(z.string()).check(z.minLength(1)),
      [],
      "out-of-range",
      '"x" must have at least 1 item.',
    ],
    [
      "a list too long",
      z.array(z.string()).check(z.maxLength(2)),
      ["a", "b", "c"],
      "out-of-range",
      '"x" must have at most 2 items.',
    ],
    ["a text too short", z.string().check(z.minLength(2)), "a", "out-of-range", '"x" must have at least 2 characters.'],
    ["a text too long", z.string().check(z.maxLength(1)), "ab", "out-of-range", '"x" must have at most 1 character.'],
    ["a number too small", z.number().check(z.minimum(3)), 2, "out-of-range", '"x" must be at least 3, not 2.'],
    ["a number too large", z.number().check(z.maximum(3)), 4, "out-of-range", '"x" must be at most 3, not 4.'],
    ["a number that must be more", z.number().check(z.gt(3)), 3, "out-of-range", '"x" must be more than 3, not 3.'],
    ["a number that must be less", z.number().check(z.lt(3)), 3, "out-of-range", '"x" must be less than 3, not 3.'],
    ["another type", z.string(), 7, "wrong-type", '"x" must be a text, not 7.'],
    ["sixty characters", z.number(), "a".repeat(58), "wrong-type", `"x" must be a number, not "${"a".repeat(58)}".`],
    ["more than that", z.number(), "a".repeat(59), "wrong-type", `"x" must be a number, not "${"a".repeat(56)}….`],
    ["the one value", z.literal("current"), "v1", "bad-value", '"x" must be "current", not "v1".'],
    [
      "a slip",
      z.enum(["active", "paused"]),
      "activ",
      "bad-value",
      '"x" cannot be "activ". Did you mean "active"? Say one of "active", "paused".',
    ],
    [
      "no value at all like it",
      z.enum(["active", "paused"]),
      7,
      "bad-value",
      '"x" cannot be 7. Say one of "active", "paused".',
    ],
    ["nothing", z.string(), undefined, "missing-member", '"x" is missing here. Add it.'],
  ])("%s", (_, schema, value, code, message) => {
    expect(within("x", schema, value)).toEqual([{ path: "x", code, message }]);
  });

  test("an item of a list has no name", () => {
    const items = Array.from({ length: 12 }, (_, item) => (item === 11 ? 7 : "a"));
    expect(within("x", z.array(z.string()), items)).toEqual([
      { path: "x[11]", code: "wrong-type", message: "This item must be a text, not 7." },
    ]);
  });

  test("the whole document", () => {
    expect(check(z.strictObject({}), 7)).toMatchObject({
      problems: [{ path: "", message: "This must be an object, not 7." }],
    });
  });
});
