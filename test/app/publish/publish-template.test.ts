/** Saved templates: a good text becomes live, a bad one changes nothing that is live. */
import { describe, expect, test } from "vitest";
import type { TemplatePublication } from "../../../lambdas/app/publication.ts";
import { publishSave } from "../../../lambdas/app/publish/publish-save.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import { hello, journey } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const good = { ...hello, text: "Hello {{ customer.name }}" };
const broken = { ...hello, text: "Hello {{ customer.name" };
const sending = (data?: object) =>
  journey({ components: { mail: { type: "sendTemplate", template: "hello", ...(data && { data }) } } });

async function save(world: World, document: object, order?: string, before?: object) {
  world.put(document as Template);
  const saved = { kind: "template" as const, document: document as { id: string }, order, before };
  return (await publishSave(saved, world.ports)) as TemplatePublication | undefined;
}

const codes = (publication: TemplatePublication | undefined) =>
  publication?.problems.map(({ path, code }) => `${path}: ${code}`);
const text = async (world: World) => (await world.templates.get("hello"))?.text;

test("a good text becomes live, and the outcome says so", async () => {
  const world = new World();
  expect(await save(world, good)).toEqual({ state: "published", at: world.clock.now(), problems: [] });
  expect(await text(world)).toBe(good.text);
});

describe("a text with broken Liquid", () => {
  test("leaves the last good text live, and the outcome has the problem", async () => {
    const world = new World();
    await save(world, good);
    const outcome = await save(world, broken);
    expect([outcome?.state, codes(outcome)]).toEqual(["rejected", ["text: bad-liquid"]]);
    expect(await text(world)).toBe(good.text);
    expect(world.templates.publications.get("hello")).toEqual(outcome);
  });

  test("leaves the text live that was saved before templates had live copies", async () => {
    const world = new World();
    await save(world, broken, "1", good);
    expect(await text(world)).toBe(good.text);
  });

  test("of a new template is not sent, and journeys do not know the template", async () => {
    const world = new World();
    await save(world, { ...broken, id: "new" });
    expect(await world.templates.get("new")).toBeUndefined();
    expect([...(await world.templates.known()).keys()]).not.toContain("new");
  });

  test("does not come back when its text before the save was broken too", async () => {
    const world = new World();
    await save(world, { ...broken, id: "new" }, "1", { ...broken, id: "new", text: "{% if %}" });
    expect(await world.templates.live("new")).toBeUndefined();
  });

  test("becomes live when it is mended", async () => {
    const world = new World();
    await save(world, broken);
    await save(world, good);
    expect([await text(world), world.templates.publications.get("hello")?.state]).toEqual([good.text, "published"]);
  });
});

test("a warning refuses nothing, and is a part of the outcome", async () => {
  const world = new World();
  const outcome = await save(world, { ...hello, text: "{{ sku }}" });
  expect([outcome?.state, codes(outcome)]).toEqual(["published", ["text: unknown-variable"]]);
  expect(outcome?.problems[0]?.severity).toBe("warning");
});

describe("a template that a live journey sends", () => {
  test.each([
    ["a variable that the component gives", { sku: 1 }, "published"],
    ["a variable that it does not give", { size: 1 }, "rejected"],
  ])("reads %s", async (_, data, state) => {
    const world = new World();
    await world.publish(sending(data));
    expect((await save(world, { ...hello, text: "{{ sku }}" }))?.state).toBe(state);
  });

  test("cannot change its channel", async () => {
    const world = new World();
    await save(world, good);
    await world.publish(sending());
    const outcome = await save(world, { ...good, channel: "event" });
    expect([outcome?.state, codes(outcome)]).toEqual(["rejected", ["channel: channel-changed"]]);
    expect((await world.templates.get("hello"))?.channel).toBe("email");
  });
});

test("a template that no journey sends may change its channel", async () => {
  const world = new World();
  await save(world, good);
  expect((await save(world, { ...good, channel: "event" }))?.state).toBe("published");
});

describe("the order of saves", () => {
  test("an older save that comes again changes nothing", async () => {
    const world = new World();
    await save(world, { ...good, text: "old" }, "1");
    await save(world, { ...good, text: "new" }, "2");
    expect(await save(world, { ...good, text: "old" }, "1")).toBeUndefined();
    expect(await text(world)).toBe("new");
  });

  test("the same save twice has the same result", async () => {
    const world = new World();
    const first = await save(world, good, "1");
    expect(await save(world, good, "1")).toEqual(first);
  });
});
