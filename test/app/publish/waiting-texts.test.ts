/** Templates, layouts and partials that are saved before the texts that they use. */
import { describe, expect, test } from "vitest";
import type { TemplatePublication } from "../../../lambdas/app/publication.ts";
import { publishSave } from "../../../lambdas/app/publish/publish-save.ts";
import { hello } from "../../behaviour/scenario-of.ts";
import { Crash, CrashError } from "../crashes.ts";
import { World } from "../world.ts";

interface Saved {
  readonly id: string;
  readonly [name: string]: unknown;
}

const footer: Saved = { id: "footer", kind: "partial", html: "<p>Bye</p>" };
const page: Saved = { id: "page", kind: "layout", html: "{{ content }}{% render 'footer' %}" };
const letter: Saved = { ...hello, id: "letter", layout: "page", html: "<p>Hi</p>" };

let order = 0;
const save = (world: World, document: Saved) =>
  publishSave({ kind: "template", document, order: String(++order).padStart(8, "0") }, world.ports);

const states = (world: World) =>
  [letter, page, footer].map(({ id }) => world.templates.publications.get(id)?.state ?? "never");

describe("whatever the order of the saves, everything is live after the last one:", () => {
  test.each([
    [[letter, page, footer]],
    [[letter, footer, page]],
    [[page, letter, footer]],
    [[page, footer, letter]],
    [[footer, letter, page]],
    [[footer, page, letter]],
  ])("%#", async (documents) => {
    const world = new World();
    for (const document of documents) await save(world, document);
    expect(states(world)).toEqual(["published", "published", "published"]);
    expect(await world.templates.get("letter")).toMatchObject({ html: "<p>Hi</p>" });
  });
});

test("a document that waits says what it waits for", async () => {
  const world = new World();
  expect((await save(world, letter)) as TemplatePublication).toMatchObject({
    state: "rejected",
    problems: [
      {
        path: "layout",
        code: "unknown-layout",
        message: 'There is no layout "page". Save it: then the stack publishes this document by itself.',
      },
    ],
  });
  expect(await world.templates.get("letter")).toBeUndefined();
});

describe("does not wait:", () => {
  test.each<[string, Saved, string]>([
    ["a template with another error", { ...letter, html: "{{ custmer.name }}" }, "unknown-variable"],
    ["a template that puts a partial where a layout is needed", { ...letter, layout: "footer" }, "unknown-layout"],
  ])("%s", async (_, document, code) => {
    const world = new World();
    await save(world, footer);
    const { problems } = (await save(world, document)) as TemplatePublication;
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems.map(({ message }) => message).join()).not.toContain("by itself");
    await save(world, { ...page, html: "{{ content }}" });
    expect(await world.templates.get("letter")).toBeUndefined();
  });

  test("a template that was saved again without the layout: its newer text stays", async () => {
    const world = new World();
    await save(world, letter);
    const { layout: _, ...plain } = letter;
    await save(world, { ...plain, id: "letter", html: "newer" });
    await save(world, { ...page, html: "{{ content }}" });
    expect(await world.templates.get("letter")).toMatchObject({ html: "newer" });
  });

  test("a template that has another error by now: its last save counts, not the one that waited", async () => {
    const world = new World();
    await save(world, letter);
    await save(world, { ...letter, html: "{% if %}" });
    await save(world, { ...page, html: "{{ content }}" });
    expect([states(world)[0], await world.templates.get("letter")]).toEqual(["rejected", undefined]);
  });
});

test("a layout that becomes live while a template is being rejected is not missed", async () => {
  const world = new World();
  const { waiting } = world.ports;
  const add = waiting.add.bind(waiting);
  const late = {
    ...world.ports,
    waiting: {
      ...waiting,
      // The layout goes live after the check of the template, before the template is marked.
      add: async (...given: Parameters<typeof add>) => {
        await save(world, { ...page, html: "{{ content }}" });
        await add(...given);
      },
    },
  };
  await publishSave({ kind: "template", document: letter, order: "1" }, late);
  expect(states(world)[0]).toBe("published");
});

test.each([
  ["with orders", (world: World, document: Saved) => save(world, document)],
  ["without", (world: World, document: Saved) => publishSave({ kind: "template", document }, world.ports)],
])("two partials that waited for each other go live when one of them needs the other no more, %s", async (_, put) => {
  const world = new World();
  let calls = 0;
  const of = world.ports.waiting.of;
  world.ports.waiting.of = async (textId) => {
    if (++calls > 10) throw new Error("The marks are read for ever.");
    return of(textId);
  };
  await put(world, { id: "left", kind: "partial", html: "{% render 'right' %}" });
  await put(world, { id: "right", kind: "partial", html: "{% render 'left' %}" });
  await put(world, { id: "left", kind: "partial", html: "<p>Hi</p>" });
  expect(["left", "right"].map((id) => world.templates.publications.get(id)?.state)).toEqual([
    "published",
    "published",
  ]);
});

describe("partials that wait only for each other", () => {
  const partial = (id: string, ...uses: readonly string[]): Saved => ({
    ...{ id, kind: "partial" },
    html: `<p>${uses.map((other) => `{% render '${other}' %}`).join("")}</p>`,
  });
  /** What the document is told after the hints at other names. */
  const told = (world: World, ...ids: readonly string[]) =>
    ids.map((id) =>
      world.templates.publications
        .get(id)
        ?.problems.map(({ message }) => message.match(/(?:Save it|Break).*/)?.[0])
        .join(),
    );
  const cycle = (text: string) => `Break the cycle ${text}.`;
  const SAVE = "Save it: then the stack publishes this document by itself.";

  test("each name the cycle", async () => {
    const world = new World();
    for (const document of [partial("left", "right"), partial("right", "left")]) await save(world, document);
    expect(told(world, "left", "right")).toEqual([cycle("right > left"), cycle("left > right")]);
  });

  test("name a longer cycle, and go live when it is open", async () => {
    const world = new World();
    for (const document of [partial("a", "b"), partial("b", "c"), partial("c", "a")]) await save(world, document);
    expect(told(world, "a", "b", "c")).toEqual(["b > c > a", "c > a > b", "a > b > c"].map(cycle));
    await save(world, partial("c"));
    expect(["a", "b", "c"].map((id) => world.templates.publications.get(id)?.state)).toEqual(
      Array(3).fill("published"),
    );
  });

  test.each<[string, readonly Saved[], string]>([
    [
      "when one of them has been saved without the other",
      [partial("left", "right"), partial("left", "other"), partial("right", "left")],
      "right",
    ],
    ["when the inner one waits for a third one", [partial("outer", "inner"), partial("inner", "deepest")], "inner"],
    ["when a template waits too", [{ ...letter, html: "{% render 'inner' %}" }, partial("inner", "deepest")], "inner"],
  ])("are no cycle %s", async (_, documents, id) => {
    const world = new World();
    for (const document of documents) await save(world, document);
    expect(told(world, id)).toEqual([SAVE]);
  });
});

describe("a crash of the publisher, after which the stream delivers the record again,", () => {
  test.each(["before", "after"] as const)("%s any call: everything is live after the last save", async (side) => {
    let deaths = 0;
    for (let nth = 1, died = true; died; nth++) {
      const crash = new Crash(nth, side);
      const world = new World({ crash });
      for (const document of [letter, page, footer]) {
        const record = { kind: "template", document, order: String(++order).padStart(8, "0") } as const;
        await publishSave(record, world.ports).catch(async (error: Error) => {
          if (!(error instanceof CrashError)) throw error;
          await publishSave(record, world.ports);
        });
      }
      expect([crash.at, ...states(world)]).toEqual([crash.at, "published", "published", "published"]);
      died = crash.at !== undefined;
      deaths += Number(died);
    }
    expect(deaths).toBeGreaterThan(8);
  });
});
