/** Exported documents: a text that git can compare. */
import { globSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentOf, documentText } from "../../../insight/documents/document-text.ts";
import type { Item } from "../../../lambdas/adapters/dynamodb/customer-items.ts";
import { journey, template } from "../../cli/running.ts";

const examples = globSync("examples/*/{journey,*.journey,*.template,*.layout,*.partial,*.segment}.json").sort();
const shuffled = (value: unknown, turn: number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, turn));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, shuffled(member, turn)] as const);
  const at = turn % Math.max(1, members.length);
  return Object.fromEntries([...members.slice(at), ...members.slice(0, at)].toReversed());
};

describe.each(examples)("%s", (file) => {
  const document = JSON.parse(readFileSync(file, "utf8")) as Item;

  test("says the same after a way through a file", () => {
    expect(JSON.parse(documentText(document))).toEqual(contentOf(document));
  });

  test("is the same text in whatever order the database has it", () => {
    const text = documentText(document);
    for (const turn of [0, 1, 2, 5]) expect(documentText(shuffled(document, turn) as Item)).toBe(text);
  });
});

test("a journey reads as people write one: what the table adds is gone, components stand in their order", () => {
  const publication = { state: "published", version: 3, at: "2026-01-01T00:00:00.000Z", problems: [] };
  const { greet, read, tag } = journey.components;
  const stored = { publication, version: "current", ...journey, components: { tag, read, greet } };
  expect(documentText(stored)).toBe(`{
  "id": "greeting",
  "name": "Greeting",
  "status": "active",
  "trigger": { "event": "go" },
  "exit": [{ "id": "gone", "event": "leave" }],
  "goals": [{ "id": "sale", "event": "order" }],
  "start": "greet",
  "components": {
    "greet": { "type": "sendTemplate", "template": "hello", "next": "read" },
    "read": { "type": "messageStatusRule", "message": "greet", "status": "read", "within": "P1D", "met": "tag" },
    "tag": { "type": "addTag", "tags": ["reader"] }
  }
}
`);
});

test("what does not fit in a line stands in several", () => {
  const lines = documentText({ ...template, html: "x".repeat(100) }).split("\n");
  expect(lines[5]).toBe(`  "html": "${"x".repeat(100)}"`);
  expect(lines.at(-2)).toBe("}");
});

test.each([
  ["components of no known kind", { id: "a", start: "x", components: { y: 1, x: { type: "dance" } } }],
  ["no components at all", { id: "a", components: null }],
  ["components that lead nowhere", { id: "a", start: "z", components: { b: { type: "addTag", tags: ["t"] }, a: {} } }],
])("a broken document is written as it is: %s", (_, document) => {
  expect(JSON.parse(documentText(document))).toEqual(document);
});

test("any JSON comes back", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
      expect(JSON.parse(documentText(document))).toEqual(JSON.parse(JSON.stringify(contentOf(document))));
    }),
    { numRuns: 100 },
  );
});
