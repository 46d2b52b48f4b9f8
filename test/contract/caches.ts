/** The caches of the adapters: how long an entry is used, and when it is read again. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { FRESH_FOR_MILLISECONDS } from "../../lambdas/adapters/dynamodb/journeys.ts";
import { newBreaker } from "../../lambdas/domain/counters/breaker.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import { journeyOf, NOW } from "../domain/enrolled.ts";
import { dynamodbWorld, type OnDynamoDB, type Ports } from "./world/ports.ts";
import { requestsOf, whileFailing } from "./world/wire.ts";

const MINUTE = 60_000;
/** A cache age that is short enough for a test to wait for, and a longer time. */
const [SHORT, LONGER] = [50, 75];

const published = { state: "published", version: 1, at: NOW, problems: [] } as const;
const publish = ({ journeys }: Ports, journey: Journey, version = 1) =>
  journeys.publish(journey.id, { version, journey }, published);
const letter: Template = { id: "letter", channel: "email", class: "marketing", subject: "Hi", text: "Hi" };
const held = { ...newBreaker("j"), revision: 1, held: { kind: "bounces", reports: 20, sent: 100, at: NOW } } as const;

interface Cache {
  /** Changes the stored value without the cache. */
  readonly change: (world: OnDynamoDB) => Promise<unknown>;
  /** Reads the value through the cache, as text. */
  readonly read: (ports: Ports) => Promise<string>;
  readonly before: string;
  readonly after: string;
}

const pausing = async (world: OnDynamoDB) => publish(world.another(), journeyOf({}, { status: "paused" }));

const caches: Readonly<Record<string, Cache>> = {
  "a live journey": {
    change: pausing,
    read: async ({ journeys }) => String((await journeys.live("j"))?.journey.status),
    before: "active",
    after: "paused",
  },
  "a journey that is not live yet": {
    change: (world) => publish(world.another(), journeyOf({}, { id: "k" }), 0),
    read: async ({ journeys }) => String((await journeys.live("k"))?.journey.id),
    before: "undefined",
    after: "k",
  },
  "the catalog": {
    change: pausing,
    read: async ({ journeys }) => String((await journeys.catalog()).triggeredBy("start")[0]?.journey.status),
    before: "active",
    after: "paused",
  },
  "a template's text": {
    change: (world) => world.putTemplate({ ...letter, subject: "Hello" }),
    read: async ({ templates }) => String((await templates.get("letter"))?.subject),
    before: "Hi",
    after: "Hello",
  },
  "a template that is not there": {
    change: (world) => world.putTemplate({ ...letter, id: "new" }),
    read: async ({ templates }) => String((await templates.get("new"))?.subject),
    before: "undefined",
    after: "Hi",
  },
  "what holds a journey": {
    change: (world) => world.another().breakers.put(held),
    read: async ({ breakers }) => String((await breakers.hold("j"))?.kind),
    before: "undefined",
    after: "bounces",
  },
};

async function filled(): Promise<OnDynamoDB> {
  const world = await dynamodbWorld();
  await world.journeys.freeze(journeyOf({}), 1);
  await publish(world, journeyOf({}));
  await world.putTemplate(letter);
  return world;
}

export function describeCaches(): void {
  test("a function's view of the live journeys is at most five seconds old", () =>
    expect(FRESH_FOR_MILLISECONDS).toBe(5_000));

  describe.each(Object.entries(caches))("%s", (_, { change, read, before, after }) => {
    test("is cached, and a second read sends no request", async () => {
      const world = await filled();
      const ports = world.another(MINUTE);
      expect(await read(ports)).toBe(before);
      await change(world);
      expect(await requestsOf(async () => expect(await read(ports)).toBe(before))).toEqual([]);
    });

    test("is read again when the cached value is too old", async () => {
      const world = await filled();
      const ports = world.another(SHORT);
      expect(await read(ports)).toBe(before);
      await change(world);
      await sleep(LONGER);
      expect(await read(ports)).toBe(after);
    });

    test("is fresh again once it was read again, also if it has not changed", async () => {
      const ports = (await filled()).another(MINUTE);
      await read(ports);
      const clock = vi.spyOn(performance, "now").mockReturnValue(performance.now() + MINUTE);
      try {
        expect((await requestsOf(() => read(ports))).length).toBeGreaterThan(0);
        expect(await requestsOf(() => read(ports))).toEqual([]);
      } finally {
        clock.mockRestore();
      }
    });

    test("is not cached when the read failed", async () => {
      const ports = (await filled()).another(MINUTE);
      const throttled = () => ({ name: "ThrottlingException" });
      await expect(whileFailing(throttled, () => read(ports))).rejects.toThrow();
      expect(await read(ports)).toBe(before);
    });
  });

  test("100 callers that find the live journeys too old make one query", async () => {
    const world = await filled();
    const { journeys } = world.another(SHORT);
    await journeys.catalog();
    await sleep(LONGER);
    const all = () => Promise.all(Array.from({ length: 100 }, () => journeys.catalog()));
    expect((await requestsOf(all)).map(({ api }) => api)).toEqual(["Query"]);
  });

  test("100 callers that find one live journey too old make one read", async () => {
    const world = await filled();
    const { journeys } = world.another(SHORT);
    await journeys.live("j");
    await sleep(LONGER);
    const all = () => Promise.all(Array.from({ length: 100 }, () => journeys.live("j")));
    expect((await requestsOf(all)).map(({ api }) => api)).toEqual(["GetItem"]);
  });

  test("a live journey is read from the table if it must be the newest", async () => {
    const world = await filled();
    const { journeys } = world.another(MINUTE);
    expect((await journeys.live("j"))?.journey.status).toBe("active");
    await pausing(world);
    expect((await journeys.live("j"))?.journey.status).toBe("active");
    expect((await journeys.liveNow("j"))?.journey.status).toBe("paused");
  });

  test("a function that knows all live journeys reads none of them by itself, and a new one at once", async () => {
    const world = await filled();
    const { journeys } = world.another(MINUTE);
    await journeys.catalog();
    expect(await requestsOf(() => journeys.live("j"))).toEqual([]);
    await world.journeys.freeze(journeyOf({}, { id: "k" }), 1);
    await publish(world, journeyOf({}, { id: "k" }));
    expect((await journeys.live("k"))?.version).toBe(1);
  });

  test("the function that publishes a save sees it at once", async () => {
    const ports = (await filled()).another(MINUTE);
    expect((await ports.journeys.live("j"))?.journey.status).toBe("active");
    await publish(ports, journeyOf({}, { status: "stopped" }));
    expect((await ports.journeys.live("j"))?.journey.status).toBe("stopped");
    expect(await ports.journeys.stoppedSince("")).toEqual(["j"]);
  });

  test("the breaker of one journey and the text of one template are not those of another", async () => {
    const world = await filled();
    await world.breakers.put(held);
    await world.putTemplate({ ...letter, id: "other", subject: "Other" });
    const { breakers, templates } = world.another(MINUTE);
    expect([await breakers.hold("j"), await breakers.hold("k")]).toEqual([held.held, undefined]);
    expect([(await templates.get("letter"))?.subject, (await templates.get("other"))?.subject]).toEqual([
      "Hi",
      "Other",
    ]);
  });

  test("a circuit breaker that will be changed is never cached, because the change depends on its revision", async () => {
    const world = await filled();
    const { breakers } = world.another(MINUTE);
    await breakers.hold("j");
    await world.breakers.put(held);
    expect((await breakers.get("j")).revision).toBe(1);
  });

  describe("a version, which never changes", () => {
    test("is read once", async () => {
      const { journeys } = (await filled()).another();
      await journeys.version("j", 1);
      expect(await requestsOf(() => journeys.version("j", 1))).toEqual([]);
    });

    test("is not read by the function that stored it, or that read it as live", async () => {
      const world = await filled();
      expect(await requestsOf(() => world.journeys.version("j", 1))).toEqual([]);
      const { journeys } = world.another(MINUTE);
      await journeys.live("j");
      expect(await requestsOf(() => journeys.version("j", 1))).toEqual([]);
    });

    test("is read again if it was missing", async () => {
      const world = await filled();
      const { journeys } = world.another(MINUTE);
      expect(await journeys.version("j", 2)).toBeUndefined();
      await world.journeys.freeze(journeyOf({}, { name: "two" }), 2);
      expect((await journeys.version("j", 2))?.name).toBe("two");
    });

    test("is read again if a live journey lacked it, even though no pointer has changed", async () => {
      const world = await filled();
      await publish(world, journeyOf({}, { id: "k" }), 1);
      const { journeys } = world.another(0);
      expect(await journeys.live("k")).toBeUndefined();
      await world.journeys.freeze(journeyOf({}, { id: "k" }), 1);
      expect((await journeys.live("k"))?.version).toBe(1);
    });
  });

  test("while nothing changes, a refresh reads only the pointers, and the catalog and the texts stay the same objects", async () => {
    const { journeys, templates } = (await filled()).another(0);
    const [catalog, template] = [await journeys.catalog(), await templates.get("letter")];
    const asked = await requestsOf(async () => expect(await journeys.catalog()).toBe(catalog));
    expect(asked.map(({ api }) => api)).toEqual(["Query"]);
    expect(await templates.get("letter")).toBe(template);
  });
}
