/** The completions and explanations of the text editor. `|` is the cursor. */
import { parse } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { completionsAt, explanationAt } from "../../../console/edit/schema/completion.ts";
import { kindNames } from "../../../insight/words/captions.ts";
import { members } from "../../../lambdas/domain/documents/unchecked-document.ts";

const vocabulary = {
  templates: ["cart-reminder", "welcome"],
  events: ["checkout.started"],
  fields: ["customer.country", "event.total"],
  tags: ["vip"],
};

function at(marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const document = members(parse(text, [], { allowTrailingComma: true }));
  return { text, offset, document };
}

function offers(marked: string): string[] {
  const { text, offset, document } = at(marked);
  return completionsAt(text, offset, document, vocabulary).options.map(({ label }) => label);
}

describe("offered", () => {
  test.each<[string, string, string[]]>([
    ["the types of a component", `{"components":{"a":{"type":"|"}}}`, Object.keys(kindNames)],
    ["the templates that exist", `{"components":{"a":{"type":"sendTemplate","template":"|"}}}`, vocabulary.templates],
    ["the other components", `{"components":{"a":{"type":"wait","next":"|"},"b":{"type":"wait"}}}`, ["b"]],
    [
      "the components that send, for a rule",
      `{"components":{"a":{"type":"messageStatusRule","message":"|"},"b":{"type":"wait"},"c":{"type":"sendTemplate"}}}`,
      ["c"],
    ],
    ["statuses", `{"status": "|"}`, ["draft", "active", "paused", "held", "stopped"]],
    ["events", `{"trigger":{"event":"|"}}`, ["checkout.started"]],
    ["fields in a condition", `{"trigger":{"where":{"field":"|"}}}`, vocabulary.fields],
    ["fields of the event as a key", `{"trigger":{"key":"|"}}`, ["event.total"]],
    ["tags in a list", `{"components":{"a":{"type":"addTag","tags":["|"]}}}`, ["vip"]],
    ["yes and no", `{"trigger":{"includeUnsubscribed":|}}`, ["true", "false"]],
    [
      "members of the trigger that are not there yet",
      `{"trigger":{"event":"a","where":{},"entry":"once","key":"a","rate":{},"audience":{},"date":{},"|":1}}`,
      ["schedule", "includeUnsubscribed"],
    ],
    [
      "members of this type of component",
      `{"components":{"a":{"type":"addTag","|"}}}`,
      ["name", "note", "tags", "next"],
    ],
    ["nothing where the schema knows nothing", `{"components":{"a":{"type":"updateCustomer","set":{"|":1}}}}`, []],
  ])("%s", (_, text, expected) => expect(offers(text)).toEqual(expected));

  test("operators of a condition", () =>
    expect(offers(`{"trigger":{"where":{"field":"event.total","operator":"|"}}}`)).toEqual(
      expect.arrayContaining(["equals", "greaterThan", "withinLast", "exists"]),
    ));

  test("what is inserted takes the place of what was typed", () => {
    const { text, offset, document } = at(`{"components":{"a":{"type":"sendTemplate","template":"ca|"}}}`);
    const { from, to, options } = completionsAt(text, offset, document, vocabulary);
    const changed = text.slice(0, from) + options[0]?.insert + text.slice(to);
    expect(JSON.parse(changed).components.a.template).toBe("cart-reminder");
  });

  test("a member is inserted with its colon and the start of its value", () => {
    const { text, offset, document } = at(`{"trigger":{"wh|"}}`);
    const { options } = completionsAt(text, offset, document, vocabulary);
    expect(options.find(({ label }) => label === "where")?.insert).toBe(`"where": {}`);
  });
});

describe("explained", () => {
  test.each<[string, string, RegExp | undefined]>([
    ["a member", `{"trigger":{"k|ey":"event.id"}}`, /names the instance/],
    ["a value, by its member", `{"components":{"a":{"type":"wait","for":"P|1D"}}}`, /How long to wait/],
    ["an item of a list, by its list", `{"components":{"a":{"type":"addTag","tags":["v|ip"]}}}`, /1–20 tags/],
    ["nothing that the schema does not know", `{"no":{"such|":1}}`, undefined],
  ])("%s", (_, marked, expected) => {
    const { text, offset, document } = at(marked);
    const found = explanationAt(text, offset, document)?.text;
    if (expected) expect(found).toMatch(expected);
    else expect(found).toBeUndefined();
  });
});
