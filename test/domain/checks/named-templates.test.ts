/** Which templates a document names. They are looked up before the document is checked, so it may be broken. */
import { expect, test } from "vitest";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";

test.each<[string, unknown, string[]]>([
  ["each once", { a: { type: "sendTemplate", template: "x" }, b: { type: "sendTemplate", template: "x" } }, ["x"]],
  ["in order", { a: { type: "sendTemplate", template: "x" }, b: { type: "sendTemplate", template: "y" } }, ["x", "y"]],
  ["only of sendTemplate components", { a: { type: "wait", template: "x" } }, []],
  ["only template ids that are texts", { a: { type: "sendTemplate", template: 7 }, b: { type: "sendTemplate" } }, []],
  ["components that are no objects", { a: null, b: "sendTemplate", c: [] }, []],
  ["no components", undefined, []],
])("%s", (_, components, named) => expect(namedTemplates({ components })).toEqual(named));

test.each([[null], ["text"], [[]]])("%j names no template", (document) => expect(namedTemplates(document)).toEqual([]));
