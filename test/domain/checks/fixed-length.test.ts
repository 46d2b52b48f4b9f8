/**
 * A text message that is too long for every customer is an error; a text message that may be short enough is no error.
 */
import { expect, test } from "vitest";
import { checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import type { SharedTexts } from "../../../lambdas/domain/messages/shared-text.ts";

const frame = { id: "frame", kind: "layout", html: "{{ content }}", text: `${"f".repeat(100)}{{ content }}` } as const;
const problems = (document: object, shared: SharedTexts = {}) => {
  const template = { id: "t", channel: "sms", class: "transactional", ...document };
  const checked = checkTemplate(template, undefined, shared);
  return "problems" in checked ? checked.problems.map(({ path, code }) => `${path}: ${code}`) : [];
};

test.each<[string, object, string[]]>([
  ["1,600 characters", { text: "a".repeat(1600) }, []],
  ["1,601 characters", { text: "a".repeat(1601) }, ["text: text-too-long"]],
  ["801 characters of two UTF-16 units", { text: "😀".repeat(801) }, ["text: text-too-long"]],
  ["a long output", { text: `{{ customer.firstName | default: '${"a".repeat(1700)}' }}` }, []],
  [
    "1,601 characters around an output",
    { text: `${"a".repeat(1600)}{{ customer.firstName }}b` },
    ["text: text-too-long"],
  ],
  ["a long text that only some customers get", { text: `{% if customer.vip %}${"a".repeat(1700)}{% endif %}b` }, []],
  [
    "a long variant",
    { text: "a", languages: { de: { text: "a".repeat(1601) } } },
    ["languages.de.text: text-too-long"],
  ],
  ["a long mail", { channel: "email", subject: "S", text: "a".repeat(1601) }, []],
])("%s", (_, document, expected) => expect(problems(document)).toEqual(expected));

test.each([
  [1500, []],
  [1501, ["text: text-too-long"]],
])("with a layout of 100 characters, a text of %i", (length, expected) =>
  expect(problems({ layout: "frame", text: "a".repeat(length) }, { frame })).toEqual(expected),
);
