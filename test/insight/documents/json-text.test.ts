/** Syntax errors in JSON: each has a line, a column and a hint. */
import { expect, test } from "vitest";
import { parseJson } from "../../../insight/documents/json-text.ts";

function problemsOf(text: string) {
  const read = parseJson(text);
  return "problems" in read ? read.problems : [];
}

test.each([
  [
    "an extra comma in an object",
    '{ "a": 1, }',
    "line 1, column 11: a name in double quotes must follow; is there an extra comma?",
  ],
  ["an extra comma in a list", '{ "a": [1, ] }', "line 1, column 12: a value must follow; is there an extra comma?"],
  ["a missing comma", '{\n  "a": 1\n  "b": 2\n}', "line 3, column 3: a comma is missing before this"],
  ["a missing value", '{ "id": "a",\n  "name": }', "line 2, column 11: a value must follow; is there an extra comma?"],
  ["a missing colon", '{ "a" 1 }', "line 1, column 7: a colon must be here"],
  ["a missing brace", '{ "a": 1', "line 1, column 9: a closing } is missing"],
  ["a missing bracket", "[1", "line 1, column 3: a closing ] is missing"],
  ["single quotes", "{ 'a': 1 }", "line 1, column 3: this is not a value; write texts in double quotes"],
  ["a name without quotes", "{ a: 1 }", "line 1, column 3: this is not a value; write texts in double quotes"],
  ["a text without an end", '{ "a": "b }', "line 1, column 8: the text has no closing double quote"],
  ["a line break in a text", '{ "a": "b\nc" }', "line 1, column 8: the text has no closing double quote"],
  ["a tab in a text", '{ "a": "b\tc" }', "line 1, column 8: write a tab or line break inside a text as \\t or \\n"],
  [
    "an escape that does not exist",
    '{ "a": "\\x" }',
    "line 1, column 8: this escape does not exist; write a backslash as \\\\",
  ],
  ["a comment", '{ "a": 1 } // note', "line 1, column 12: JSON has no comments"],
  ["two documents", '{ "a": 1 }\n{ "b": 1 }', "line 2, column 1: there is more text after the end of the document"],
  ["a number with a leading zero", "[007]", "line 1, column 3: a comma is missing before this"],
])("%s", (_, text, where) => {
  const [, line, column] = /^line (\d+), column (\d+)/.exec(where) ?? [];
  expect(problemsOf(text)[0]).toEqual({
    path: "",
    code: "invalid-json",
    message: `This is not JSON: ${where}${where.endsWith("?") ? "" : "."}`,
    line: Number(line),
    column: Number(column),
  });
});

test("several syntax errors are reported at once, one for each line", () => {
  const text = '{\n  "id": "a"\n  "name": ,\n  "start": \'b\',\n  "status": "active"\n}';
  expect(problemsOf(text).map(({ line, message }) => `${line}: ${message.replace(/^.*?\d: /, "")}`)).toEqual([
    "3: a comma is missing before this.",
    "4: this is not a value; write texts in double quotes.",
  ]);
});

test("a text with many errors reports ten", () => {
  expect(problemsOf(`[${"x\n,".repeat(100)}]`)).toHaveLength(10);
});

test.each(["", " \n", "\t"])("a file with nothing but white space (%j) is empty", (text) => {
  expect(problemsOf(text)).toEqual([
    { path: "", code: "invalid-json", message: "The file is empty. It must contain a JSON document." },
  ]);
});

test.each(["{", "[", '"', "nul", "+1", "1.", "1e", "\u0000", "{]", "[}", '{"a"}', "undefined", "NaN", "\u2028"])(
  "every syntax error has a line and a column: %j",
  (text) => expect(problemsOf(text)[0]?.message).toMatch(/^This is not JSON: line 1, column \d+: .+[.?]$/),
);

test("a repeated member is a problem, at any depth: JSON would silently keep the last one", () => {
  const text = '{ "components": {\n "a": { "type": "wait" },\n "b": [{ "x": 1, "x": 2 }],\n "a": {} } }';
  expect(problemsOf(text)).toEqual([
    {
      path: "components.b[0].x",
      code: "repeated-member",
      message:
        '"x" occurs twice in this object, the second time in line 3. Only the last would count. Rename or remove one.',
      line: 3,
      column: 18,
    },
    {
      path: "components.a",
      code: "repeated-member",
      message:
        '"a" occurs twice in this object, the second time in line 4. Only the last would count. Rename or remove one.',
      line: 4,
      column: 2,
    },
  ]);
});

test("the same name in different objects is no problem", () => {
  expect(parseJson('{ "a": { "a": 1 }, "b": [{ "a": 1 }, { "a": 1 }] }')).toMatchObject({
    value: { a: { a: 1 }, b: [{ a: 1 }, { a: 1 }] },
  });
});

test("very deep nesting does not crash the parser", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect("value" in parseJson(deep)).toBe(true);
  expect(problemsOf(deep.slice(1))[0]?.code).toBe("invalid-json");
});

test("two integers beyond 2^53 stay different, as exact texts", () => {
  expect(parseJson('{ "a": 9007199254740993, "b": 9007199254740992, "c": 9007199254740991 }')).toMatchObject({
    value: { a: "9007199254740993", b: "9007199254740992", c: 9007199254740991 },
  });
});
