/** Saved layouts and partials: a text that would break a template is refused, and names both. */
import { describe, expect, test } from "vitest";
import { composedTemplate } from "../../../lambdas/app/messages/composed-template.ts";
import type { TemplatePublication } from "../../../lambdas/app/publication.ts";
import { publishSave } from "../../../lambdas/app/publish/publish-save.ts";
import { hello, journey } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const footer = { id: "footer", kind: "partial", html: "<p>{{ shop }}</p>" };
const page = { id: "page", kind: "layout", html: "{{ content }}{% render 'footer', shop: 'S' %}" };
const letter = { ...hello, layout: "page", html: "<p>Hi</p>" };

async function save(world: World, document: { readonly id: string }, order?: string) {
  return (await publishSave({ kind: "template", document: { ...document }, order }, world.ports)) as
    | TemplatePublication
    | undefined;
}
const codes = (publication: TemplatePublication | undefined) =>
  publication?.problems.map(({ path, code }) => `${path}: ${code}`);
async function published(): Promise<World> {
  const world = new World();
  for (const document of [footer, page, letter]) expect((await save(world, document))?.state).toBe("published");
  return world;
}

test("a template is sent with its layout and its partials", async () => {
  const world = await published();
  expect(await composedTemplate("hello", world.ports)).toMatchObject({ html: letter.html, shared: { page, footer } });
});

test("a composed template stays the same object until one of its texts changes", async () => {
  const world = await published();
  const before = await composedTemplate("hello", world.ports);
  expect(await composedTemplate("hello", world.ports)).toBe(before);
  await save(world, { ...footer, html: "<b>{{ shop }}</b>" } as typeof footer);
  const after = await composedTemplate("hello", world.ports);
  expect([after === before, after?.shared?.footer]).toEqual([false, { ...footer, html: "<b>{{ shop }}</b>" }]);
});

describe("refused, and what is live stays live:", () => {
  test.each<[string, { readonly id: string }, string[]]>([
    [
      "a template whose layout is not live",
      { ...letter, id: "other", layout: "none" } as { id: string },
      ["layout: unknown-layout"],
    ],
    [
      "a layout whose partial is not live",
      { ...page, html: "{{ content }}{% render 'none' %}" } as { id: string },
      ["html: unknown-partial"],
    ],
    ["a partial with broken Liquid", { ...footer, html: "{% if %}" } as { id: string }, ["html: bad-liquid"]],
    [
      "a partial that needs a value which a template does not give",
      { ...footer, html: "{{ shop }}{{ town }}" } as { id: string },
      [": breaks-template"],
    ],
    [
      "a partial that contains itself by way of another",
      { ...footer, html: "{% render 'footer' %}" } as { id: string },
      ["html: partial-cycle"],
    ],
    ["a layout with the id of a template", { ...page, id: "hello" }, ["kind: kind-changed"]],
    ["a partial with the id of a layout", { ...footer, id: "page" }, ["kind: kind-changed", ": breaks-template"]],
    ["a template with the id of a partial", { ...hello, id: "footer" }, ["id: kind-changed"]],
  ])("%s", async (_, document, expected) => {
    const world = await published();
    // The journey that sends the template gives no data.
    await publishSave(
      { kind: "journey", document: journey({ components: { mail: { type: "sendTemplate", template: "hello" } } }) },
      world.ports,
    );
    const before = await composedTemplate("hello", world.ports);
    const outcome = await save(world, document);
    expect([outcome?.state, codes(outcome)]).toEqual(["rejected", expected]);
    expect(await composedTemplate("hello", world.ports)).toBe(before);
  });

  test("the problem names the template and the text", async () => {
    const world = await published();
    await publishSave(
      { kind: "journey", document: journey({ components: { mail: { type: "sendTemplate", template: "hello" } } }) },
      world.ports,
    );
    const outcome = await save(world, { ...footer, html: "{{ town }}" } as typeof footer);
    expect(outcome?.problems[0]?.message).toBe(
      'The template "hello" uses this partial (layout), and would have a problem. In the partial "footer": There is no variable "town" (line 1 col 4). Known: "customer", "event", "enrollment", "unsubscribeUrl", "data", "journey", "now", "content", "shop". An attribute of the customer is {{ customer.town }}.',
    );
  });
});

test("an older save of a layout that comes late changes nothing", async () => {
  const world = await published();
  await save(world, { ...page, html: "new {{ content }}" } as typeof page, "2");
  expect(await save(world, page, "1")).toBeUndefined();
  expect(await world.templates.shared("page")).toMatchObject({ html: "new {{ content }}" });
});
