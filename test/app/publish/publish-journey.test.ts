/** A save of a journey: versions, drafts, crashes and stops. */
import { describe, expect, test } from "vitest";
import { stopJourney } from "../../../lambdas/app/exits/stop-journey.ts";
import { lasting } from "../../behaviour/scenario-of.ts";
import { Crash, CrashError } from "../crashes.ts";
import { World } from "../world.ts";
import { at, live, published, save } from "./saves.ts";

describe("a document without problems becomes an immutable numbered version and goes live", () => {
  test("the first version has the number 1, and the outcome is written back", async () => {
    const world = new World();
    expect(await save(world, lasting())).toEqual(published(1));
    expect(world.journeys.publications.get("j")).toEqual(published(1));
    expect(await live(world)).toBe("v1 active J");
  });

  test("a changed content becomes the next version, and the older version stays unchanged", async () => {
    const world = new World();
    await save(world, lasting());
    expect(await save(world, lasting({ description: "b" }))).toEqual(published(2));
    expect((await world.journeys.version("j", 1))?.description).toBeUndefined();
    expect((await world.journeys.version("j", 2))?.description).toBe("b");
  });

  test.each([
    ["the same document", {}, "v1 active J"],
    ["another name", { name: "K" }, "v1 active K"],
    ["another status", { status: "paused" }, "v1 paused J"],
    ["a document that contains its own outcome", { publication: { state: "published", version: 9 } }, "v1 active J"],
    ["a document with `version` = `current`", { version: "current" }, "v1 active J"],
    [
      "a name and a note of a component",
      { components: { stay: { type: "wait", for: "P10D", name: "Ten days", note: "As agreed" } } },
      "v1 active J",
    ],
    ["a document that names its schema", { $schema: "./journey.schema.json" }, "v1 active J"],
  ])("%s makes no new version", async (_, change, expected) => {
    const world = new World();
    await save(world, lasting());
    expect(await save(world, lasting(change))).toEqual(published(1));
    expect(await live(world)).toBe(expected);
  });

  test("two admins save different contents at once: both contents become versions", async () => {
    const world = new World();
    const numbers = await Promise.all(["a", "b", "c"].map((description) => save(world, lasting({ description }))));
    expect(numbers.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
  });
});

describe("a draft is never live", () => {
  test("the first save makes no version", async () => {
    const world = new World();
    expect(await save(world, lasting({ status: "draft" }))).toEqual({ state: "draft", version: 0, at, problems: [] });
    expect(await world.journeys.newest("j")).toBeUndefined();
  });

  test("when the journey was live, its content stays and no customer enters", async () => {
    const world = new World();
    await save(world, lasting());
    expect(await save(world, lasting({ status: "draft", name: "K" }))).toEqual({
      state: "draft",
      version: 1,
      at,
      problems: [],
    });
    expect(await live(world)).toBe("v1 draft J");
  });

  test("an activated draft becomes a version", async () => {
    const world = new World();
    await save(world, lasting({ status: "draft" }));
    expect(await save(world, lasting())).toEqual(published(1));
  });
});

describe("a save that crashed is repeated", () => {
  test.each(["before", "after"] as const)(
    "a crash %s any call leads to the same outcome and to one version",
    async (side) => {
      for (let nth = 1; ; nth++) {
        const crash = new Crash(nth, side);
        const world = new World({ crash, still: true });
        const documents = [lasting(), lasting({ description: "b" }), lasting({ description: "b", status: "stopped" })];
        for (const [index, document] of documents.entries()) {
          if (index === 2)
            for (const customerId of ["c-1", "c-2", "c-3"])
              await retryAfterCrash(() => world.enter({ id: customerId, customerId }));
          const { version } = await retryAfterCrash(() => save(world, document));
          expect(version, crash.at).toBe(Math.min(index + 1, 2));
        }
        expect(await live(world), crash.at).toBe("v2 stopped J");
        for (const customerId of ["c-1", "c-2", "c-3"])
          expect((await world.only(customerId)).reason, `${side} ${crash.at} ${nth}`).toBe("journey-stopped");
        expect(world.counted(), crash.at).toEqual(world.recount());
        if (crash.at === undefined) return;
      }
    },
  );

  async function retryAfterCrash<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof CrashError) return run();
      throw error;
    }
  }
});

describe("stopping", () => {
  test("every customer inside exits, their executions are stopped, and ended enrollments stay unchanged", async () => {
    const world = new World();
    await save(world, lasting({ exit: [{ id: "left", event: "leave" }] }));
    for (const customerId of ["c-1", "c-2", "c-3"]) await world.enter({ customerId });
    await world.run();
    world.happens("leave", { customerId: "c-2" });
    await world.run();
    await save(world, lasting({ exit: [{ id: "left", event: "leave" }], status: "stopped" }));
    expect((await Promise.all(["c-1", "c-2", "c-3"].map((id) => world.only(id)))).map(({ reason }) => reason)).toEqual([
      "journey-stopped",
      "left",
      "journey-stopped",
    ]);
    expect(world.asked.filter((call) => call === "stop 1").length).toBeGreaterThanOrEqual(3);
    expect(world.counted()).toEqual(world.recount());
  });

  test("a second stop changes nothing", async () => {
    const world = new World();
    await save(world, lasting());
    await world.enter();
    await save(world, lasting({ status: "stopped" }));
    const before = await world.only();
    expect(before.reason).toBe("journey-stopped");
    expect(await stopJourney("j", world.ports)).toEqual({ done: 0, failures: [], isComplete: true });
    expect(await world.only()).toEqual(before);
  });

  test("stopping a journey takes no customer out of another journey", async () => {
    const world = new World();
    await save(world, lasting());
    await world.enter();
    await save(world, lasting({ id: "k", status: "stopped" }));
    expect((await world.only()).status).toBe("active");
  });
});
