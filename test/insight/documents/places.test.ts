/** The line and column of a problem, found by its path. */
import { expect, test } from "vitest";
import { placed } from "../../../insight/documents/places.ts";

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

test("100 problems in 100,000 lines are placed in less than two seconds", () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => `"m${n}": 1`);
  const problems = lines.map((_, n) => ({ path: `m${n}`, code: "c", message: "m" })).slice(0, 100);
  const began = process.cpuUsage();
  expect(placed(problems, `{\n${lines.join(",\n")}\n}`).at(-1)).toMatchObject({ line: 101, column: 1 });
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(2);
});
