/** Which lines of a text changed. */
import { expect, test } from "vitest";
import { lineDiff } from "../../../insight/diff/line-diff.ts";

const marks = { same: " ", removed: "-", added: "+", gap: "…" };
const shown = (before: string, after: string) => lineDiff(before, after).map(({ kind, text }) => marks[kind] + text);

test.each<[string, string, string, string[]]>([
  ["a changed line, with its neighbors", "a\nb\nc\nd\ne", "a\nb\nX\nd\ne", [" b", "-c", "+X", " d", "…"]],
  ["an added line", "a\nb", "a\nx\nb", [" a", "+x", " b"]],
  ["a removed line", "a\nx\nb", "a\nb", [" a", "-x", " b"]],
  ["equal texts", "a\nb", "a\nb", []],
  ["everything else", "a", "b", ["-a", "+b"]],
  ["two places", "a\n1\nb\nc\nd\n2\ne", "a\nx\nb\nc\nd\ny\ne", [" a", "-1", "+x", " b", "…", " d", "-2", "+y", " e"]],
])("%s", (_, before, after, expected) => expect(shown(before, after)).toEqual(expected));

test("a text of very many lines is not compared line by line", () => {
  expect(lineDiff("a\n".repeat(3000), "b")).toEqual([]);
});
