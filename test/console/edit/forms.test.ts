/** Forms made from the schema, and values as a person types them. */
import { describe, expect, test } from "vitest";
import { fieldOf, fieldsAt, firstValue, variantIndex, variantsOf } from "../../../console/edit/forms/fields.ts";
import {
  emptyCondition,
  grouped,
  groupOf,
  listFrom,
  listText,
  valueFrom,
  valueText,
  withOperator,
} from "../../../console/edit/forms/values.ts";
import { components } from "../../../lambdas/domain/journey/component.ts";

const kindsOf = (document: object, path: (string | number)[]) =>
  fieldsAt(document, path).map(({ name, kind, required }) => `${name}: ${kind}${required ? "!" : ""}`);
const labels = ["name: text", "note: long-text"];

describe("the fields of each component", () => {
  test.each<[string, object, string[]]>([
    ["sendTemplate", {}, ["template: offered!", "data: values", "next: target"]],
    [
      "messageStatusRule",
      {},
      ["message: offered!", "status: choice!", "within: duration!", "met: target", "notMet: target"],
    ],
    ["addTag", {}, ["tags: texts!", "next: target"]],
    ["removeTag", {}, ["tags: texts!", "next: target"]],
    ["wait", {}, ["for: duration", "until: group", "next: target"]],
    ["updateCustomer", {}, ["set: values", "unset: texts", "next: target"]],
    ["condition", {}, ["branches: list!", "otherwise: target"]],
    ["split", {}, ["branches: list!"]],
    ["waitFor", {}, ["branches: list!", "within: duration!", "otherwise: target"]],
    ["emitEvent", {}, ["event: offered!", "data: values", "next: target"]],
  ])("%s", (type, members, fields) => {
    const document = { components: { a: { type, ...members } } };
    expect(kindsOf(document, ["components", "a"])).toEqual([...labels, ...fields]);
  });

  test("no type of component is without a form", () =>
    expect(
      components.map(
        ({ shape }) => kindsOf({ components: { a: { type: shape.type.def.values[0] } } }, ["components", "a"]).length,
      ),
    ).not.toContain(0));

  test("a branch, the trigger, and the journey itself", () => {
    const document = { components: { a: { type: "waitFor", branches: [{ id: "b" }] } }, trigger: {} };
    expect(kindsOf(document, ["components", "a", "branches", 0])).toEqual([
      "id: text!",
      "event: offered",
      "where: condition",
      "key: offered",
      "next: target",
    ]);
    expect(kindsOf(document, ["trigger"])).toEqual(
      expect.arrayContaining(["event: offered", "where: condition", "entry: group", "includeUnsubscribed: yes-no"]),
    );
    expect(kindsOf(document, [])).toEqual(expect.arrayContaining(["id: text!", "status: choice", "goals: list"]));
  });
});

test("a member that has several forms offers them, and knows which one is there", () => {
  const [entry] = fieldsAt({ trigger: {} }, ["trigger"]).filter(({ name }) => name === "entry");
  if (!entry) throw new Error("The trigger has no entry.");
  expect(variantsOf(entry.schema).map(({ title }) => title)).toEqual(["once", "always", "cooldown, maxConcurrent"]);
  expect(variantIndex(entry.schema, "always")).toBe(1);
  expect(variantIndex(entry.schema, { max: 2 })).toBe(2);
  expect(variantIndex(entry.schema, undefined)).toBe(-1);
});

test("a new item has its required members", () => {
  const goals = fieldsAt({}, []).find(({ name }) => name === "goals");
  expect(firstValue(goals?.schema.items ?? {})).toEqual({ id: "" });
  expect(fieldOf(["limits"], goals?.schema ?? {}, false).label).toBe("Limits");
});

describe("values as typed", () => {
  test.each<[string, unknown]>([
    ["20", 20],
    ["-1.5", -1.5],
    ["true", true],
    ["DE", "DE"],
    ['"20"', "20"],
    ['"true"', "true"],
    ["=event.total", { path: "event.total" }],
    ["=x", "=x"],
    ["", ""],
  ])("%j", (typed, value) => {
    expect(valueFrom(typed)).toEqual(value);
    expect(valueFrom(valueText(value))).toEqual(value);
  });

  test("a list", () => {
    expect(listFrom("DE, AT, 5")).toEqual(["DE", "AT", 5]);
    expect(listText(["DE", "5", 5])).toBe('DE, "5", 5');
  });
});

describe("another operator", () => {
  test.each<[string, object, Parameters<typeof withOperator>[1], object]>([
    [
      "keeps a value of the same kind",
      { operator: "equals", value: 5 },
      "greaterThan",
      { operator: "greaterThan", value: 5 },
    ],
    ["makes a list of one value", { operator: "equals", value: "DE" }, "oneOf", { operator: "oneOf", value: ["DE"] }],
    [
      "takes the first of a list",
      { operator: "oneOf", value: ["DE", "AT"] },
      "equals",
      { operator: "equals", value: "DE" },
    ],
    ["asks for a time", { operator: "equals", value: 5 }, "withinLast", { operator: "withinLast", value: "P7D" }],
    ["needs no value", { operator: "equals", value: 5 }, "exists", { operator: "exists" }],
  ])("%s", (_, before, operator, after) =>
    expect(withOperator({ field: "a", ...before }, operator)).toEqual({ field: "a", ...after }),
  );
});

describe("a group of conditions", () => {
  const [a, b] = [emptyCondition, { ...emptyCondition, field: "event.total" }];
  test.each<[unknown, string, unknown[]]>([
    [undefined, "all", []],
    [a, "all", [a]],
    [{ all: [a, b] }, "all", [a, b]],
    [{ any: [a, b] }, "any", [a, b]],
    [{ not: a }, "all", [{ not: a }]],
  ])("%j", (condition, word, parts) => {
    const group = groupOf(condition);
    expect(group).toEqual({ word, parts });
    expect(grouped(group.word, group.parts)).toEqual(condition);
  });
});
