/** The actions of a person on the picture, as changes of the document. */
import { describe, expect, test } from "vitest";
import { connect, insert, remove, rename } from "../../../console/edit/document/components.ts";
import { set } from "../../../console/edit/document/set.ts";
import type { ComponentType } from "../../../lambdas/domain/journey/component.ts";

const cart = {
  id: "cart",
  start: "wait-1h",
  exit: [{ id: "bought", event: "order.placed" }],
  components: {
    "wait-1h": { type: "wait", for: "PT1H", next: "remind" },
    remind: { type: "sendTemplate", template: "cart", next: "was-read" },
    "was-read": { type: "messageStatusRule", message: "remind", status: "read", within: "P2D", met: "tag" },
    tag: { type: "addTag", tags: ["x"] },
  },
};
const hints = { templates: ["cart", "last"] };

describe("a component is put into a connection", () => {
  test.each<[string, (string | number)[], ComponentType, string, object]>([
    [
      "between the trigger and the first component",
      ["start"],
      "wait",
      "wait",
      { type: "wait", for: "P1D", next: "wait-1h" },
    ],
    [
      "between two components",
      ["components", "wait-1h", "next"],
      "addTag",
      "add-tag",
      { type: "addTag", tags: [], next: "remind" },
    ],
    [
      "at an end of the journey",
      ["components", "was-read", "notMet"],
      "sendTemplate",
      "send-template",
      { type: "sendTemplate", template: "" },
    ],
    [
      "with several outlets, which all lead on",
      ["components", "was-read", "met"],
      "split",
      "split",
      {
        type: "split",
        branches: [
          { percent: 50, next: "tag" },
          { percent: 50, next: "tag" },
        ],
      },
    ],
    [
      "that asks for the nearest message before it",
      ["components", "was-read", "met"],
      "messageStatusRule",
      "message-status-rule",
      { type: "messageStatusRule", message: "remind", status: "read", within: "P2D", met: "tag", notMet: "tag" },
    ],
  ])("%s", (_, connection, type, id, component) => {
    const made = insert(cart, connection, type, hints);
    expect(made.id).toBe(id);
    expect(made.document).toEqual(set(set(cart, ["components", id], component), connection, id));
  });

  test("it stands behind its neighbor in the document", () => {
    const { document } = insert(cart, ["components", "wait-1h", "next"], "addTag", hints);
    expect(Object.keys(document.components as object)).toEqual(["wait-1h", "add-tag", "remind", "was-read", "tag"]);
  });

  test("the only template is chosen, and an id that is taken gets a number", () => {
    const first = insert({ id: "new", trigger: {} }, ["start"], "sendTemplate", { templates: ["only"] });
    expect(first.document).toEqual({
      id: "new",
      trigger: {},
      start: "send-template",
      components: { "send-template": { type: "sendTemplate", template: "only" } },
    });
    const second = insert(first.document, ["start"], "sendTemplate", hints);
    expect(second.id).toBe("send-template-2");
  });
});

describe("a component is taken out, and its neighbors join", () => {
  test.each<[string, string, object]>([
    ["the first one", "wait-1h", { start: "remind" }],
    ["one in the middle", "remind", { "wait-1h": { type: "wait", for: "PT1H", next: "was-read" } }],
    ["one with branches, by its first outlet", "was-read", { remind: { ...cart.components.remind, next: "tag" } }],
    [
      "the last one",
      "tag",
      { "was-read": { type: "messageStatusRule", message: "remind", status: "read", within: "P2D" } },
    ],
  ])("%s", (_, id, changed) => {
    const { start = "wait-1h", ...components } = changed as { start?: string };
    const { [id as "tag"]: __, ...others } = cart.components;
    expect(remove(cart, id)).toEqual({ ...cart, start, components: { ...others, ...components } });
  });

  test("the only one leaves a journey without a start", () =>
    expect(remove({ start: "a", components: { a: { type: "addTag", tags: ["x"] } } }, "a")).toEqual({
      start: "",
      components: {},
    }));

  test("one that leads to itself leaves no connection to itself", () => {
    const loop = { start: "a", components: { a: { type: "wait", for: "P1D", next: "a" } } };
    expect(remove(loop, "a")).toEqual({ start: "", components: {} });
  });

  test("one with problems is taken out too", () => {
    const document = { start: "a", components: { a: { type: "wait", for: "soon", next: "b" }, b: { type: "addTag" } } };
    expect(remove(document, "a")).toEqual({ start: "b", components: { b: { type: "addTag" } } });
  });
});

describe("a connection is led elsewhere", () => {
  test.each<[string, (string | number)[], string | undefined, object]>([
    [
      "to another component",
      ["components", "wait-1h", "next"],
      "tag",
      set(cart, ["components", "wait-1h", "next"], "tag"),
    ],
    [
      "to the end",
      ["components", "was-read", "met"],
      undefined,
      set(cart, ["components", "was-read", "met"], undefined),
    ],
    ["from the trigger", ["start"], "tag", { ...cart, start: "tag" }],
    ["from the trigger to the end", ["start"], undefined, { ...cart, start: "" }],
  ])("%s", (_, connection, to, expected) => expect(connect(cart, connection, to)).toEqual(expected));
});

test("another id is named everywhere: in connections, rules and conditions", () => {
  const document = {
    start: "a",
    exit: [{ id: "a", where: { all: [{ message: "a", status: "replied" }] } }],
    components: {
      a: { type: "sendTemplate", template: "a", next: "b" },
      b: { type: "messageStatusRule", message: "a", status: "read", within: "P1D", met: "a" },
    },
  };
  expect(rename(document, "a", "mail")).toEqual({
    start: "mail",
    exit: [{ id: "a", where: { all: [{ message: "mail", status: "replied" }] } }],
    components: {
      mail: { type: "sendTemplate", template: "a", next: "b" },
      b: { type: "messageStatusRule", message: "mail", status: "read", within: "P1D", met: "mail" },
    },
  });
});

test("no change touches the document that it was made from", () => {
  const before = structuredClone(cart);
  insert(cart, ["start"], "wait", hints);
  remove(cart, "remind");
  connect(cart, ["start"], "tag");
  rename(cart, "remind", "mail");
  expect(cart).toEqual(before);
});
