/** The JSON Schemas are those of the code, explain every member, and agree with it on what is good. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { jsonSchemas, textOf } from "../../../cli/files/json-schemas.ts";
import { check } from "../../../lambdas/domain/documents/problem.ts";
import { journey as journeySchema } from "../../../lambdas/domain/journey/journey.ts";
import { template as templateSchema } from "../../../lambdas/domain/messages/template.ts";
import { journey, template } from "../running.ts";

type Schema = {
  properties?: Record<string, Schema>;
  $ref?: string;
  $defs?: Record<string, Schema>;
  description?: string;
  [key: string]: unknown;
};

describe.each(Object.keys(jsonSchemas))("schema/%s", (name) => {
  const text = readFileSync(`schema/${name}`, "utf8");
  const schema = JSON.parse(text) as Schema;

  test("is up to date (npm run schema)", () => expect(text).toBe(textOf(name)));

  test("describes every member", () => {
    const silent: string[] = [];
    const walk = (part: unknown, path: string): void => {
      if (typeof part !== "object" || part === null) return;
      for (const [key, value] of Object.entries(part)) {
        if (key === "properties")
          for (const [member, sub] of Object.entries(value as Record<string, Schema>)) {
            const target = sub.$ref ? schema.$defs?.[sub.$ref.split("/").at(-1) ?? ""] : undefined;
            if (!sub.description && !target?.description) silent.push(`${path}.${member}`);
          }
        walk(value, key === "properties" ? path : `${path}/${key}`);
      }
    };
    walk(schema, name);
    expect(silent).toEqual([]);
  });

  test("refuses unknown members", () => {
    const [root] = Object.values(schema.$defs ?? {}).filter(({ title }) =>
      name.startsWith(String(title).toLowerCase()),
    );
    expect(root?.additionalProperties).toBe(false);
  });

  test("says nothing that only some validators understand", () => expect(text).not.toContain("\\\\p{"));
});

/** The answer of a validator of JSON Schema. zod is such a validator, and reads nothing but the file. */
const accepts = {
  journey: acceptedBy("journey.schema.json"),
  template: acceptedBy("template.schema.json"),
  layout: acceptedBy("layout.schema.json"),
  partial: acceptedBy("partial.schema.json"),
  segment: acceptedBy("segment.schema.json"),
  test: acceptedBy("test.schema.json"),
};

function acceptedBy(name: string): (document: unknown) => boolean {
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(`schema/${name}`, "utf8")));
  return (document) => schema.safeParse(document).success;
}

test.each<[string, object]>([
  ["no expectation", { expect: [] }],
  ["an expectation with an unknown member", { expect: [{ customerId: "ada", ends: "completed" }] }],
  ["an unknown member", { expects: [] }],
])("the JSON Schema of tests refuses %s", (_, over) => {
  const good = { name: "a test", scenario: "./scenario.json", expect: [{ customerId: "ada", entered: 1 }] };
  expect([accepts.test(good), accepts.test({ ...good, ...over })]).toEqual([true, false]);
});

const components = (component: unknown) => ({ ...journey, start: "a", components: { a: component } });
const { trigger: _, ...triggerless } = journey;

test.each<[string, "journey" | "template", unknown, boolean]>([
  ["a journey", "journey", journey, true],
  ["a journey that names its schema", "journey", { $schema: "../journey.schema.json", ...journey }, true],
  [
    "a journey of every kind of rule",
    "journey",
    components({ type: "waitFor", within: "P1D", branches: [{ id: "b", event: "e", key: "event.x", next: "a" }] }),
    true,
  ],
  [
    "a nested condition",
    "journey",
    components({
      type: "condition",
      branches: [{ when: { all: [{ not: { field: "event.x", operator: "exists" } }] } }],
    }),
    true,
  ],
  ["an unknown member", "journey", { ...journey, stats: 1 }, false],
  ["an unknown member deep within", "journey", components({ type: "addTag", tags: ["a"], nxt: "a" }), false],
  ["no trigger", "journey", triggerless, false],
  ["a status that does not exist", "journey", { ...journey, status: "live" }, false],
  ["an id that is none", "journey", { ...journey, id: "No Id" }, false],
  [
    "an id of a component that is none",
    "journey",
    { ...journey, components: { "No Id": { type: "addTag", tags: ["a"] } } },
    false,
  ],
  ["a kind of component that does not exist", "journey", components({ type: "sendPost" }), false],
  ["a component without what it needs", "journey", components({ type: "addTag" }), false],
  ["too many tags", "journey", components({ type: "addTag", tags: Array(21).fill("a") }), false],
  [
    "an operator that does not exist",
    "journey",
    components({ type: "condition", branches: [{ when: { field: "event.x", operator: "like", value: 1 } }] }),
    false,
  ],
  ["a list of goals that is none", "journey", { ...journey, goals: {} }, false],
  ["a template", "template", template, true],
  ["a template for a channel that does not exist", "template", { ...template, channel: "fax" }, false],
  ["a message for an app, without a subject", "template", { ...template, channel: "event", subject: undefined }, true],
])("the JSON Schema and the code agree on %s", (_, kind, document, good) => {
  const given = JSON.parse(JSON.stringify(document));
  const code = check<unknown>(kind === "journey" ? journeySchema : templateSchema, given);
  expect({ code: "value" in code, schema: accepts[kind](given) }).toEqual({ code: good, schema: good });
});

test("a template needs html or text, and an email a subject, for JSON Schema too", () => {
  const [root] = Object.values<Schema>(JSON.parse(readFileSync("schema/template.schema.json", "utf8")).$defs);
  const requested = { channel: expect.objectContaining({ const: "event" }) };
  const texted = { channel: expect.objectContaining({ const: "sms" }) };
  const approved = { channel: expect.objectContaining({ const: "whatsapp" }) };
  expect(root?.anyOf).toEqual([
    { required: ["subject", "html"] },
    { required: ["subject", "text"] },
    { required: ["html"], properties: requested },
    { required: ["text"], properties: requested },
    { required: ["text"], properties: texted },
    { required: ["text"], properties: approved },
    { required: ["whatsapp"], properties: approved },
  ]);
});

const exampleFiles = globSync(
  "examples/*/{journey,*.journey,*.template,*.layout,*.partial,*.segment,*.test}.json",
).sort();

test.each(exampleFiles)("the JSON Schema accepts %s", (file) => {
  const [, kind = "journey"] = /\.(template|layout|partial|segment|test)\.json$/.exec(file) ?? [];
  expect(accepts[kind as keyof typeof accepts](JSON.parse(readFileSync(file, "utf8")))).toBe(true);
});
