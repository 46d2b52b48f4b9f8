/** The templates port: the text of a template, and the list of templates that exist. */
import { describe, expect, test } from "vitest";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import { NOW } from "../domain/enrolled.ts";
import type { MakeWorld } from "./world/ports.ts";

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

/** A member that is added does not compile until it stands here: sending needs every member that is not for people. */
const whole: Required<Omit<Template, "$schema" | "name" | "description" | "publication">> = {
  id: "whole",
  channel: "email",
  class: "marketing",
  topic: "news",
  subject: "Hello",
  preheader: "Good to have you here",
  layout: "page",
  html: "<p>Hello</p>",
  text: "Hello",
  whatsapp: {
    template: "hello",
    language: "en_US",
    header: { text: "A" },
    body: ["B"],
    buttons: [{ index: 0, url: "C" }],
  },
  languages: { de: { subject: "Hallo", text: "Hallo" } },
};

export function describeTemplates(make: MakeWorld): void {
  describe("a template", () => {
    test.each([letter, receipt, sms, whole])("is read as it was saved: $id", async (template) => {
      const world = await make();
      for (const each of [letter, receipt, sms, whole]) await world.putTemplate(each);
      expect(await world.templates.get(template.id)).toEqual(template);
    });

    test("is missing if it was never saved", async () => {
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
    test("are listed, with the class of each template that the caller asked for", async () => {
      const world = await make();
      for (const each of [letter, receipt, sms]) await world.putTemplate(each);
      const known = await world.templates.known(["letter", "receipt", "missing", "letter"]);
      expect([known.get("letter"), known.get("receipt")]).toEqual(["marketing", "transactional"]);
      expect([...known.keys()].sort()).toEqual(["letter", "receipt", "sms"]);
    });

    test("are none if none was saved", async () => {
      const { templates } = await make();
      expect([...(await templates.known([])).keys()]).toEqual([]);
      expect([...(await templates.known(["letter"])).keys()]).toEqual([]);
    });
  });

  describe("the live copy of a template", () => {
    const { topic: _, ...draft } = { ...letter, subject: "A draft" };
    const published = { state: "published", at: NOW, problems: [] } as const;
    const rejected = { ...published, state: "rejected" } as const;

    test("is sent in place of the saved document", async () => {
      const world = await make();
      await world.putTemplate(letter);
      expect(await world.templates.live("letter")).toBeUndefined();
      expect(await world.templates.publish("letter", letter, published, { document: letter, order: "1" })).toBe(true);
      await world.putTemplate(draft);
      expect(await world.templates.get("letter")).toEqual(letter);
      expect(await world.templates.live("letter")).toEqual({ text: letter, order: "1" });
    });

    test("stays when the next save is rejected, and journeys still know it", async () => {
      const world = await make();
      await world.putTemplate(letter);
      await world.templates.publish("letter", letter, published);
      await world.putTemplate(draft);
      await world.templates.publish("letter", undefined, rejected);
      expect(await world.templates.get("letter")).toEqual(letter);
      expect((await world.templates.known(["letter"])).get("letter")).toBe("marketing");
    });

    test("is not replaced by an older save, only by the same or a newer one", async () => {
      const world = await make();
      await world.putTemplate(letter);
      const publish = (subject: string, order: string) =>
        world.templates.publish("letter", { ...letter, subject }, published, { document: letter, order });
      expect([
        await publish("b", "2"),
        await publish("a", "1"),
        await publish("c", "2"),
        await publish("d", "3"),
      ]).toEqual([true, false, true, true]);
      expect(await world.templates.get("letter")).toMatchObject({ subject: "d" });
    });

    test("is missing for a new template that was rejected: it is not sent, and no journey knows it", async () => {
      const world = await make();
      await world.putTemplate(letter);
      await world.templates.publish("letter", undefined, rejected);
      expect(await world.templates.get("letter")).toBeUndefined();
      expect([...(await world.templates.known(["letter"])).keys()]).toEqual([]);
    });
  });

  describe("a layout or a partial", () => {
    const published = { state: "published", at: NOW, problems: [] } as const;
    const page = { id: "page", kind: "layout", html: "<p>{{ content }}</p>", text: "{{ content }}" } as const;
    const footer = { id: "footer", kind: "partial", html: "<p>", languages: { de: { html: "<b>" } } } as const;

    test.each([page, footer])("is read as it was published, and is no template: $id", async (text) => {
      const world = await make();
      await world.templates.publish(text.id, text, published, { document: text, order: "1" });
      expect(await world.templates.shared(text.id)).toEqual(text);
      expect(await world.templates.live(text.id)).toEqual({ text, order: "1" });
      expect(await world.templates.get(text.id)).toBeUndefined();
      expect([...(await world.templates.known([text.id])).keys()]).toEqual([]);
    });

    test("is missing while it is only saved, or when the id is a template's", async () => {
      const world = await make();
      await world.templates.publish("letter", letter, published);
      expect(await world.templates.shared("letter")).toBeUndefined();
      expect(await world.templates.shared("other")).toBeUndefined();
    });
  });

  describe("the documents that wait for a layout or partial", () => {
    const rejected = { state: "rejected", at: NOW, problems: [] } as const;
    const waits = async () => {
      const world = await make();
      for (const [id, order] of [
        ["letter", "1"],
        ["receipt", "2"],
      ] as const) {
        const document = { ...letter, id };
        await world.putTemplate(document);
        await world.templates.publish(id, undefined, rejected, { document, order });
        await world.waiting.add(id, ["page", "footer"], { document, order });
      }
      return {
        world,
        of: async (id: string) => (await world.waiting.of(id)).map(({ document }) => document.id).sort(),
      };
    };

    test("are found under each text, as they were saved, with their orders", async () => {
      const { world, of } = await waits();
      expect([await of("page"), await of("footer"), await of("other")]).toEqual([
        ["letter", "receipt"],
        ["letter", "receipt"],
        [],
      ]);
      const [first] = await world.waiting.of("page");
      expect(first).toMatchObject({ document: { ...letter, id: "letter" }, order: "1" });
    });

    test("wait no more for a text from which they are removed", async () => {
      const { world, of } = await waits();
      await world.waiting.remove("page", "letter");
      await world.waiting.remove("other", "letter");
      expect([await of("page"), await of("footer")]).toEqual([["receipt"], ["letter", "receipt"]]);
    });

    test("are left out once they are saved again, because that save is published by itself", async () => {
      const { world, of } = await waits();
      await world.putTemplate(letter);
      expect(await of("page")).toEqual(["receipt"]);
    });
  });

  describeLongTemplates(make);
}

/** Reads whose result is longer than one page, or whose keys are more than one batch. */
export function describeLongTemplates(make: MakeWorld): void {
  test("of more than a hundred named templates, all that exist are listed with their class", async () => {
    const world = await make();
    const asked = Array.from({ length: 105 }, (_, n) => `t-${n}`);
    const saved = ["t-0", "t-1", "t-50", "t-51", "t-100", "t-104"];
    for (const id of saved) await world.putTemplate({ ...letter, id });
    for (const id of ["u-1", "u-2", "u-3"]) await world.putTemplate({ ...letter, id });
    const known = await world.templates.known(asked);
    expect(saved.map((id) => known.get(id))).toEqual(saved.map(() => "marketing"));
    expect([...known.keys()].sort()).toEqual([...saved, "u-1", "u-2", "u-3"].sort());
  });
}
