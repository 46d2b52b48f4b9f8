/** Items that the adapters did not write themselves: written by hand, expired but not yet removed, or deleted meanwhile. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../lambdas/app/errors.ts";
import { plus } from "../../lambdas/domain/time/time.ts";
import { journeyOf, LATER, NOW } from "../domain/enrolled.ts";
import { customer, event, reason, send, sends } from "./world/given.ts";
import { dynamodbWorld, RETENTION_DAYS } from "./world/ports.ts";

const published = { state: "published", version: 1, at: NOW, problems: [] } as const;
const letter = {
  id: "letter",
  channel: "email",
  class: "marketing",
  topic: "news",
  subject: "Hi",
  html: "<p>",
  text: "Hi",
};

export function describeByHand(): void {
  describe("a customer written by hand", () => {
    test("has empty values for missing attributes, sorted tags, and can be changed", async () => {
      const { store, put } = await dynamodbWorld();
      const attributes = { email: "ann@shop.example" };
      await put("customers", { customerId: "c-1", sk: "profile", attributes, tags: new Set(["b", "a"]) });
      const found = { customerId: "c-1", revision: 0, attributes, tags: ["a", "b"], times: {}, changedAt: "", hops: 0 };
      expect(await store.customer("c-1")).toEqual(found);
      await store.commit([customer(1)]);
      expect((await store.customer("c-1")).revision).toBe(1);
    });
  });

  describe("an expired event that DynamoDB has not removed yet", () => {
    const expired = plus(NOW, `P${RETENTION_DAYS}D`);

    test("is not returned from the second on in which it expires", async () => {
      const { store, setClock } = await dynamodbWorld();
      await store.commit([event("a", { time: NOW })]);
      setClock(plus(expired, "-PT1S"));
      expect(await store.events("c-1", "visit", "")).toHaveLength(1);
      await store.commit([event("b", { time: LATER })]);
      setClock(expired);
      expect((await store.events("c-1", "visit", "")).map(({ id }) => id)).toEqual(["b"]);
    });

    test("still takes its id, so that a redelivery conflicts", async () => {
      const { store, setClock } = await dynamodbWorld();
      await store.commit([event("a")]);
      setClock(expired);
      await expect(store.commit([event("a")])).rejects.toThrow(ConflictError);
      expect(await store.event("c-1", "a")).toBeDefined();
    });

    test("is returned if it has no expiry time", async () => {
      const { store, put, item, setClock } = await dynamodbWorld();
      await store.commit([event("a")]);
      const { ttl: _, ...lasting } = (await item("customers", { customerId: "c-1", sk: "event#a" })) ?? {};
      await put("customers", lasting);
      setClock("2099-01-01T00:00:00.000Z");
      expect(await store.events("c-1", "visit", "")).toHaveLength(1);
    });
  });

  test("items expire at a time in seconds, counted from now; a send log counts from its newest message", async () => {
    const { store, item, setClock } = await dynamodbWorld();
    setClock(LATER);
    await store.commit([
      event("a", { time: NOW }),
      reason("d"),
      sends(1, [send("2026-01-01T00:00:00.000Z"), send(NOW)]),
    ]);
    const ttl = async (sk: string) => (await item("customers", { customerId: "c-1", sk }))?.ttl;
    const seconds = (time: string) => Date.parse(time) / 1000;
    expect(await ttl("event#a")).toBe(seconds(LATER) + RETENTION_DAYS * 86_400);
    expect(await ttl("reason#j#d")).toBe(seconds(LATER) + 30 * 86_400);
    expect(await ttl("sends")).toBe(seconds(NOW) + 91 * 86_400);
  });

  describe("an event that must be kept", () => {
    const seconds = (time: string) => Date.parse(time) / 1000;
    const retained = seconds(NOW) + RETENTION_DAYS * 86_400;
    const [near, far, farther] = ["2026-02-04T10:00:00.000Z", "2026-05-01T00:00:00.000Z", "2026-06-01T00:00:00.000Z"];
    test.each<[string, readonly string[], number]>([
      ["until a time that the retention covers: nothing changes", [near], retained],
      ["longer than the retention", [far], seconds(far)],
      ["longer and longer", [far, farther], seconds(farther)],
      ["until an earlier time than before: the later time stays", [farther, far], seconds(farther)],
    ])("%s", async (_, untils, expected) => {
      const { store, item } = await dynamodbWorld();
      await store.commit([event("a", { data: { a: 1 }, reads: { plan: "pro" } })]);
      const stored = async () => (await item("customers", { customerId: "c-1", sk: "event#a" })) ?? {};
      const { ttl: _ttl, ...before } = await stored();
      for (const until of untils) await store.keepEvent("c-1", "a", NOW, until);
      const { ttl, ...after } = await stored();
      expect([ttl, after]).toEqual([expected, before]);
    });

    test("counts beyond the retention, with what rules read of the customer", async () => {
      const { store, setClock } = await dynamodbWorld();
      await store.commit([event("a", { reads: { plan: "pro" } })]);
      await store.keepEvent("c-1", "a", NOW, far);
      setClock("2026-04-30T00:00:00.000Z");
      expect(await store.events("c-1", "visit", "")).toMatchObject([{ id: "a", reads: { plan: "pro" } }]);
    });

    test("is not created again when it is gone", async () => {
      const { store, item } = await dynamodbWorld();
      await store.keepEvent("c-1", "a", NOW, far);
      expect(await item("customers", { customerId: "c-1", sk: "event#a" })).toBeUndefined();
    });
  });

  test("only an event that a rule listens to is marked as watched", async () => {
    const { store, item } = await dynamodbWorld();
    await store.commit([event("a"), { ...event("b"), watched: false } as ReturnType<typeof event>]);
    const watched = async (sk: string) => (await item("customers", { customerId: "c-1", sk }))?.watched;
    expect([await watched("event#a"), await watched("event#b")]).toEqual([true, undefined]);
  });

  test("writing the outcome does not create a deleted document again", async () => {
    const { journeys, item } = await dynamodbWorld();
    await journeys.freeze(journeyOf({}), 1);
    await journeys.publish("j", { version: 1, journey: journeyOf({}) }, published);
    expect(await item("journeys", { id: "j", version: "current" })).toBeUndefined();
    expect(await journeys.live("j")).toMatchObject({ version: 1 });
  });

  test("the outcome of a template's save is written into the document, unless it was edited since", async () => {
    const { templates, put, item } = await dynamodbWorld();
    const letter = { id: "letter", channel: "email", class: "marketing", subject: "Hi", text: "Hi" } as const;
    const outcome = { state: "published", at: NOW, problems: [] } as const;
    await put("templates", letter);
    await templates.publish("letter", letter, outcome, { document: letter, order: "1" });
    expect(await item("templates", { id: "letter" })).toEqual({ ...letter, publication: outcome });
    expect(await item("templates", { id: "live#letter" })).toEqual({
      id: "live#letter",
      template: letter,
      at: NOW,
      order: "1",
    });
    await put("templates", { ...letter, text: "Hello" });
    await templates.publish("letter", letter, outcome, { document: letter, order: "1" });
    expect(await item("templates", { id: "letter" })).toEqual({ ...letter, text: "Hello" });
  });

  test("the outcome leaves the rest of a document unchanged", async () => {
    const { journeys, item, put } = await dynamodbWorld();
    await put("journeys", { id: "j", version: "current", name: "J", more: [1] });
    await journeys.publish("j", undefined, published);
    expect(await item("journeys", { id: "j", version: "current" })).toEqual({
      id: "j",
      version: "current",
      name: "J",
      more: [1],
      publication: published,
    });
  });

  test("the outcome of a save is not written into a document that was edited since", async () => {
    const { journeys, item, put } = await dynamodbWorld();
    const key = { id: "j", version: "current" };
    const saved = { ...key, name: "J", tags: ["a"], trigger: { value: "9007199254740993" } };
    await put("journeys", { ...saved, name: "K" });
    await journeys.publish("j", undefined, published, { document: saved, order: "a" });
    expect((await item("journeys", key))?.publication).toBeUndefined();
    await put("journeys", { ...saved, tags: new Set(["a"]) });
    await journeys.publish("j", undefined, published, { document: saved, order: "a" });
    expect((await item("journeys", key))?.publication).toEqual(published);
  });

  test.each<[string, object]>([
    ["no channel", { channel: undefined }],
    ["an unknown channel", { channel: "pigeon" }],
    ["no class", { class: undefined }],
    ["an unknown class", { class: "spam" }],
    ["an email without a subject", { subject: undefined }],
    ["a subject that is not text", { subject: 7 }],
    ["neither html nor text", { html: undefined, text: undefined }],
    ["a topic that is not an id", { topic: "No Topic" }],
  ])("a template written by hand with %s counts as missing", async (_, wrong) => {
    const { templates, put } = await dynamodbWorld();
    await put("templates", letter);
    expect(await templates.get("letter")).toEqual(letter);
    await put("templates", { ...letter, ...wrong });
    expect(await templates.get("letter")).toBeUndefined();
  });

  test("a template without a class is listed without a class", async () => {
    const { templates, put } = await dynamodbWorld();
    await put("templates", { id: "letter", channel: "email" });
    const known = await templates.known(["letter"]);
    expect([...known]).toEqual([["letter", undefined]]);
  });
}
