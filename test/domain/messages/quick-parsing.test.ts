/** LiquidJS with quicker positions and tokens finds the same as without. */
import { expect, test } from "vitest";
import { positionIn } from "../../../lambdas/domain/messages/liquid/quick-parsing.ts";
import { engines } from "../../../lambdas/domain/messages/render.ts";

const text = "a\n\nbcd\r\n  e\n";

test.each([...Array(text.length + 1).keys()])(
  "the position of character %i is that of a count from the start",
  (at) => {
    const before = text.slice(0, at).split("\n");
    expect(positionIn(text, at)).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1]);
  },
);

test("another template has its own lines", () => {
  expect(positionIn("x\ny", 2)).toEqual([2, 1]);
  expect(positionIn("xxx", 2)).toEqual([1, 3]);
});

test.each([
  ["{% if a %}b", "not closed, line:1, col:1"],
  ["a\n{% for b in c %}", "not closed, line:2, col:1"],
  ["{% capture a %}", "not closed"],
  ["{% raw %}{{ a }}", "not closed"],
  ["{% case a %}{% when 1 %}", "not closed"],
])("%s is reported at its place", (source, said) => expect(() => engines.html.parse(source)).toThrow(said));
