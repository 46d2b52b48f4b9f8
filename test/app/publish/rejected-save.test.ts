/** A save with problems changes nothing that is live. */
import { describe, expect, test } from "vitest";
import { journey, lasting } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";
import { at, live, save } from "./saves.ts";

const broken = { ...lasting(), start: "nowhere" };

describe("a document with problems changes nothing that is live", () => {
  const rejected = (version: number) => ({
    state: "rejected",
    version,
    at,
    problems: expect.arrayContaining([expect.objectContaining({ path: "start", code: "unknown-component" })]),
  });
  test("when the journey is live, its version stays live", async () => {
    const world = new World();
    await save(world, lasting());
    expect(await save(world, broken)).toEqual(rejected(1));
    expect(world.journeys.publications.get("j")).toEqual(rejected(1));
    expect(await live(world)).toBe("v1 active J");
  });

  test("when the journey was never live, no version is live", async () => {
    const world = new World();
    expect(await save(world, broken)).toEqual(rejected(0));
    expect(await live(world)).toBeUndefined();
    expect((await world.journeys.catalog()).triggeredBy("start")).toEqual([]);
  });

  test.each([
    ["paused", "v1 paused J"],
    ["stopped", "v1 stopped J"],
    ["active", "v1 active J"],
    ["draft", "v1 active J"],
    ["halted", "v1 active J"],
  ])("but for its status: with problems and the status %s, the journey is %s", async (status, expected) => {
    const world = new World();
    await save(world, lasting());
    expect(await save(world, { ...broken, status, name: "K" })).toMatchObject({ state: "rejected", version: 1 });
    expect(await live(world)).toBe(expected);
  });

  test("a document that is broken to the root still pauses its journey", async () => {
    const world = new World();
    await save(world, lasting());
    expect(await save(world, { id: "j", status: "paused" })).toMatchObject({ state: "rejected", version: 1 });
    expect(await live(world)).toBe("v1 paused J");
  });

  test("a paused journey stays paused when a broken edit says that it is active", async () => {
    const world = new World();
    await save(world, lasting({ status: "paused" }));
    await save(world, broken);
    expect(await live(world)).toBe("v1 paused J");
  });

  test("a broken edit that says that the journey is stopped takes every customer out", async () => {
    const world = new World();
    await save(world, lasting());
    await world.enter();
    await save(world, { ...broken, status: "stopped" });
    expect(await world.only()).toMatchObject({ status: "exited", reason: "journey-stopped" });
  });

  test("a status of a journey that was never live makes nothing live", async () => {
    const world = new World();
    await save(world, { ...broken, status: "paused" });
    await save(world, lasting({ id: "k", status: "draft" }));
    await save(world, { ...broken, id: "k", status: "paused" });
    expect(await live(world)).toBeUndefined();
    expect(await world.journeys.live("k")).toMatchObject({ version: 0, journey: { status: "draft" } });
  });

  test("a template that does not exist is a problem, with the nearest name", async () => {
    const components = { mail: { type: "sendTemplate", template: "helo" } };
    const { problems } = await save(new World(), journey({ components }));
    expect(problems).toEqual([
      {
        path: "components.mail.template",
        code: "unknown-template",
        message: 'Template "helo" does not exist. Did you mean "hello"?',
      },
    ]);
  });

  test("data that lacks a variable of the template", async () => {
    const world = new World();
    world.put({ id: "offer", channel: "email", class: "marketing", subject: "s", text: "{{ sku }}" });
    const mail = { type: "sendTemplate", template: "offer", data: { skuu: "a" } };
    const { state, problems } = await save(world, journey({ components: { mail } }));
    expect([state, problems]).toEqual([
      "rejected",
      [
        {
          path: "components.mail.template",
          code: "unknown-variable",
          message:
            'Template "offer" reads "sku", which neither the system nor the data of this component gives. Did you mean "skuu"?',
        },
      ],
    ]);
  });
});

test("a wait that ends in the quiet hours is a problem before a marketing message, and none before a transactional one", async () => {
  const limits = { quietHours: { from: "21:00", to: "08:00", otherwise: "skip" } };
  const night = (template: string) => ({
    night: { type: "wait", until: { time: "22:00" }, next: "mail" },
    mail: { type: "sendTemplate", template },
  });
  const saved = (template: string) => save(new World(), journey({ limits, components: night(template) }));
  expect(await saved("hello")).toMatchObject({ state: "rejected", problems: [{ code: "wait-in-quiet-hours" }] });
  expect(await saved("receipt")).toMatchObject({ state: "published" });
});
