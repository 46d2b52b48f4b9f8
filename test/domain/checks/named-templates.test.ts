/** Which templates must be looked up before a document is checked, however broken it is. */
import { expect, test } from "vitest";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";

test.each<[string, unknown, string[]]>([
  ["each once", { a: { type: "sendTemplate", template: "x" }, b: { type: "sendTemplate", template: "x" } }, ["x"]],
  ["in order", { a: { type: "sendTemplate", template: "x" }, b: { type: "sendTemplate", template: "y" } }, ["x", "y"]],
  ["only of those that send", { a: { type: "wait", template: "x" } }, []],
  ["only those that are texts", { a: { type: "sendTemplate", template: 7 }, b: { type: "sendTemplate" } }, []],
  ["components that are none", { a: null, b: "sendTemplate", c: [] }, []],
  ["no components", undefined, []],
])("%s", (_, components, named) => expect(namedTemplates({ components })).toEqual(named));

test.each([[null], ["text"], [[]]])("of %j none", (document) => expect(namedTemplates(document)).toEqual([]));
