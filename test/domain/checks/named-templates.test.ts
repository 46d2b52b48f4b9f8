/** The templates that are looked up before a document is checked, even if the document has problems. */
import { expect, test } from "vitest";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";

test.each<[string, unknown, string[]]>([
  [
    "each template once",
    { a: { type: "sendTemplate", template: "x" }, b: { type: "sendTemplate", template: "x" } },
    ["x"],
  ],
  [
    "in their order",
    { a: { type: "sendTemplate", template: "x" }, b: { type: "sendTemplate", template: "y" } },
    ["x", "y"],
  ],
  ["only of sendTemplate components", { a: { type: "wait", template: "x" } }, []],
  ["only texts", { a: { type: "sendTemplate", template: 7 }, b: { type: "sendTemplate" } }, []],
  ["components that are not objects", { a: null, b: "sendTemplate", c: [] }, []],
  ["no components", undefined, []],
])("%s", (_, components, named) => expect(namedTemplates({ components })).toEqual(named));

test.each([[null], ["text"], [[]]])("%j names no template", (document) => expect(namedTemplates(document)).toEqual([]));
