/** The line and column of a problem, found by its path. */
import { type Node, parseTree } from "jsonc-parser";
import { expect, test } from "vitest";
import { nodesOf, placed } from "../../../insight/documents/places.ts";

const text = `{
  "id": "cart",
  "components": {
    "remind": {
      "type": "sendTemplate",
      "template": "x"
    },
    "a.b": { "type": "wait" }
  },
  "exit": [
    { "id": "bought" },
    { "id": "left", "where": {} }
  ]
}`;

test.each([
  ["the document", "", 1, 1],
  ["a member", "id", 2, 3],
  ["a member of a member", "components.remind.template", 6, 7],
  ["an item of a list", "exit[1]", 12, 5],
  ["a member of an item", "exit[1].where", 12, 21],
  ["a name with a dot", "components.a.b.type", 8, 14],
  ["a missing member: its object", "components.remind.next", 4, 5],
  ["a missing item: its list", "exit[7].id", 10, 3],
  ["a missing member of the document", "trigger", 1, 1],
  ["a name that only starts alike", "identity", 1, 1],
])("%s", (_, path, line, column) => {
  expect(placed([{ path, code: "c", message: "m" }], text)).toEqual([{ path, code: "c", message: "m", line, column }]);
});

test("a place that is there already stays", () => {
  const problem = { path: "id", code: "c", message: "m", line: 9, column: 9 };
  expect(placed([problem], text)).toEqual([problem]);
});

test("a text nested too deeply for the parser has no places, and does not crash", () => {
  const problem = { path: "", code: "too-deep", message: "m" };
  expect(placed([problem], `${"[".repeat(200_000)}${"]".repeat(200_000)}`)).toEqual([problem]);
});

test("of two members with one name, the last one counts, as in JSON", () => {
  const twice = '{\n"a": 1,\n"a": 2\n}';
  expect(placed([{ path: "a", code: "c", message: "m" }], twice)).toMatchObject([{ line: 3 }]);
});

const lines = Array.from({ length: 10_000 }, (_, n) => `"m${n}": 1`);
const long = `{\n${lines.join(",\n")}\n}`;

test("100 problems in 10,000 lines have their places", () => {
  const problems = Array.from({ length: 100 }, (_, n) => ({ path: `m${n * 100}`, code: "c", message: "m" }));
  expect(placed(problems, long).map(({ line }) => line)).toEqual(problems.map((_, n) => n * 100 + 2));
});

test("the members of an object are read once, however many problems it has", () => {
  const root = parseTree(long);
  let reads = 0;
  const counted: Node = Object.defineProperty({ ...(root as Node) }, "children", {
    get() {
      reads++;
      return root?.children;
    },
  });
  const nodeAt = nodesOf(counted);
  expect(lines.map((_, n) => nodeAt(`m${n}`).offset)).toEqual(root?.children?.map(({ offset }) => offset));
  expect(reads).toBe(1);
});
