/** Templates: their text, and which of them exist. */
import { describe, expect, test } from "vitest";
import type { Template } from "../../lambdas/domain/template.ts";
import type { MakeWorld } from "./ports.ts";

const letter: Template = {
  id: "letter",
  channel: "email",
  class: "marketing",
  topic: "news",
  subject: "Hi",
  html: "<p>",
};
const receipt: Template = { id: "receipt", channel: "email", class: "transactional", subject: "Yours", text: "It." };
const sms: Template = { id: "sms", channel: "event", class: "marketing", text: "Hi" };

export function describeTemplates(make: MakeWorld): void {
  describe("a template", () => {
    test.each([letter, receipt, sms])("is told as it was saved: $id", async (template) => {
      const world = await make();
      for (const each of [letter, receipt, sms]) await world.putTemplate(each);
      expect(await world.templates.get(template.id)).toEqual(template);
    });

    test("that nobody saved is not there", async () => {
      const world = await make();
      await world.putTemplate(letter);
      expect(await world.templates.get("other")).toBeUndefined();
    });

    test("has the text that was saved last", async () => {
      const world = await make();
      await world.putTemplate(letter);
      await world.putTemplate({ ...letter, subject: "Hello" });
      expect(await world.templates.get("letter")).toMatchObject({ subject: "Hello" });
    });
  });

  describe("the templates that exist", () => {
    test("are told with the class of those that were asked for, once or twice", async () => {
      const world = await make();
      for (const each of [letter, receipt, sms]) await world.putTemplate(each);
      const known = await world.templates.known(["letter", "receipt", "missing", "letter"]);
      expect([known.get("letter"), known.get("receipt")]).toEqual(["marketing", "transactional"]);
      expect([...known.keys()].sort()).toEqual(["letter", "receipt", "sms"]);
    });

    test("are none where none was saved, and none is asked for", async () => {
      const { templates } = await make();
      expect([...(await templates.known([])).keys()]).toEqual([]);
      expect([...(await templates.known(["letter"])).keys()]).toEqual([]);
    });

    test("are all told with their class, of more than a hundred too", async () => {
      const world = await make();
      const all = Array.from({ length: 105 }, (_, n) => `t-${n}`);
      await Promise.all(all.map((id) => world.putTemplate({ ...letter, id })));
      const known = await world.templates.known(all);
      expect([...known.values()].filter((kind) => kind === "marketing")).toHaveLength(105);
    });
  });
}
