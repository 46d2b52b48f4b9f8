/** The text of a journey: problems at their places, and changes that leave the rest of the text as it was. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { insert } from "../../../console/edit/document/components.ts";
import { set } from "../../../console/edit/document/set.ts";
import { cardAt, cardOfPath, offsetOf, pathOfCard } from "../../../console/edit/picture/cards.ts";
import { draftPicture } from "../../../console/edit/picture/draft-picture.ts";
import { type Draft, draftOf, surroundingsOf, withPathWarnings } from "../../../console/edit/text/draft.ts";
import { rewritten } from "../../../console/edit/text/rewrite.ts";
import { members } from "../../../lambdas/domain/documents/unchecked-document.ts";

const file = (name: string) => readFileSync(`examples/abandoned-cart/${name}`, "utf8");
const text = file("journey.json");
const value = JSON.parse(text);
const templates = ["cart-reminder", "cart-last-call"].map((name) => JSON.parse(file(`${name}.template.json`)));
const surroundings = surroundingsOf(templates, "abandoned-cart", new Set(["welcome"]));
const draft = (changed: string): Draft => draftOf(changed, surroundings);

test("the warnings about paths come later, and the value and the journey stay the same objects", () => {
  const journey = JSON.parse(text);
  journey.trigger.audience = { field: "customer.plan", operator: "equals", value: "pro" };
  journey.exit = [{ id: "always", where: journey.trigger.audience }];
  const quick = draft(JSON.stringify(journey));
  const full = withPathWarnings(quick, surroundings);
  const codes = (each: Draft) => each.problems.map(({ code }) => code);
  expect(codes(full)).toContain("exit-holds-at-entry");
  expect(codes(quick)).not.toContain("exit-holds-at-entry");
  expect(full.value).toBe(quick.value);
  expect(full.journey).toBe(quick.journey);
  expect(withPathWarnings(draft("{}"), surroundings)).toEqual(draft("{}"));
});
const told = ({ problems }: Draft) => problems.map(({ code, line, card }) => [code, line, card]);

describe("problems as a person types", () => {
  test("an example has none, and is a journey", () => {
    expect(draft(text).problems).toEqual([]);
    expect(draft(text).journey?.id).toBe("abandoned-cart");
  });

  test.each<[string, string, string, (string | undefined)[]]>([
    ["a misspelled template", `"cart-reminder"`, `"cart-remindr"`, ["unknown-template", "remind"]],
    ["a wrong duration", `"PT1H"`, `"1 hour"`, ["bad-duration", "wait-1h"]],
    ["a connection to nowhere", `"met": "tag-engaged"`, `"met": "tag"`, ["unknown-component", "was-read"]],
    ["a wrong rule", `"key": "event.cartId" }]`, `"key": "cartId" }]`, ["bad-path", "~exit bought"]],
    ["a wrong trigger", `"entry": "always"`, `"entry": "ever"`, ["bad-value", "~trigger"]],
    ["another id", `"id": "abandoned-cart"`, `"id": "cart"`, ["other-id", undefined]],
    ["a text that is no JSON", `"PT1H",`, `"PT1H"`, ["invalid-json", undefined]],
  ])("%s is found at its line and card", (_, from, to, [code, card]) => {
    const changed = draft(text.replace(from, to));
    expect(told(changed)).toEqual([[code, text.slice(0, text.indexOf(from)).split("\n").length, card]]);
    expect(changed.journey).toBeUndefined();
  });

  test("a problem marks the text that it is about", () => {
    const changed = text.replace(`"PT1H"`, `"soon"`);
    const [{ from, to } = { from: 0, to: 0 }] = draft(changed).problems;
    expect(changed.slice(from, to)).toBe(`"for": "soon"`);
  });

  test("a new journey may not take the id of another one", () => {
    const fresh = surroundingsOf(templates, undefined, new Set(["abandoned-cart"]));
    expect(draftOf(text, fresh).problems.map(({ code }) => code)).toEqual(["duplicate-id"]);
  });
});

describe("the picture of a text with problems", () => {
  const kinds = (changed: string) => draftPicture(draft(changed).value)?.diagram.boxes.map(({ kind }) => kind);

  test("a component that lacks something is drawn like a whole one", () => {
    const lacking = text.replace(`"for": "PT1H", `, "").replace(`"template": "cart-reminder", `, "");
    expect(kinds(lacking)).toEqual(kinds(text));
  });

  test("half of a text is drawn as far as it can be read", () =>
    expect(kinds(text.slice(0, text.indexOf(`"last-call": {`)))).toContain("messageStatusRule"));

  test("an empty journey has a connection to put the first component into", () => {
    const drawn = draftPicture({ id: "new", name: "New", trigger: {}, start: "", components: {} });
    expect(drawn?.diagram.ways.map(({ from, path }) => [from, path])).toEqual([["~trigger", ["start"]]]);
  });

  test("every connection knows the place in the document that names its target", () => {
    const ways = draftPicture(value)?.diagram.ways ?? [];
    expect(ways.map(({ path }) => path.join("."))).toEqual([
      "start",
      "components.wait-1h.next",
      "components.remind.next",
      "components.was-read.met",
      "components.was-read.notMet",
      "components.tag-engaged.next",
      "components.last-call.next",
    ]);
  });
});

describe("a card and its place in the text", () => {
  test.each([
    ["~trigger", `"trigger"`],
    ["remind", `"remind":`],
    ["~exit bought", `{ "id": "bought"`],
    ["~goal purchase", `{ "id": "purchase"`],
  ])("%s is found both ways", (card, start) => {
    const path = pathOfCard(card, value) ?? [];
    const offset = offsetOf(text, path) ?? -1;
    expect(text.slice(offset)).toMatch(new RegExp(`^${start.replace(/[{[]/g, "\\$&")}`));
    expect(cardAt(text, offset + 3, value)).toBe(card);
  });

  test("an end, and a component that does not exist, have no place", () => {
    expect(pathOfCard("~end remind 0", value)).toBeUndefined();
    expect(pathOfCard("none", value)).toBeUndefined();
    expect(cardOfPath("name", value)).toBeUndefined();
  });
});

describe("a change is written into the text", () => {
  test("no change keeps every letter", () => expect(rewritten(text, value)).toBe(text));

  test("only the changed component has another text", () => {
    const next = set(value, ["components", "remind", "template"], "cart-last-call");
    expect(rewritten(text, next)).toBe(text.replace("cart-reminder", "cart-last-call"));
  });

  test("a component that is put in stands on a line of its own", () => {
    const { document } = insert(value, ["components", "wait-1h", "next"], "wait", { templates: [] });
    const written = rewritten(text, document);
    expect(JSON.parse(written)).toEqual(document);
    expect(written.replace(`    "wait": { "type": "wait", "for": "P1D", "next": "remind" },\n`, "")).toBe(
      text.replace(`"PT1H", "next": "remind"`, `"PT1H", "next": "wait"`),
    );
  });

  test("a new member stands where the convention wants it, and a member that is gone leaves no trace", () => {
    const next = { ...value, timezone: "Europe/Berlin", exit: undefined };
    const { exit: _, ...rest } = next;
    const written = rewritten(text, rest);
    expect(JSON.parse(written)).toEqual(rest);
    const names = [...written.matchAll(/^ {2}"(\w+)":/gm)].map(([, name]) => name);
    expect(names.indexOf("timezone")).toBe(names.indexOf("status") + 1);
    expect(names).not.toContain("exit");
  });

  test.each(["", "[]", "{}", "not json"])("%j is written anew", (old) =>
    expect(members(JSON.parse(rewritten(old, value)))).toEqual(
      JSON.parse(JSON.stringify({ ...value, version: undefined })),
    ),
  );

  test("the style of the author stays: a tab is a tab", () => {
    const tabs = text.replace(`    "wait-1h"`, `\t"wait-1h"`);
    expect(rewritten(tabs, JSON.parse(tabs))).toContain(`"wait-1h":  `.trimEnd());
  });
});
