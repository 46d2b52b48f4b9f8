/** The journeys port: live journeys, frozen versions, and the outcome of a save. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Publication } from "../../lambdas/app/publication.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { EARLIER, LATER, NOW } from "../domain/enrolled.ts";
import { describeLongJourneys, journey, names, outcome, publish } from "./published.ts";
import type { MakeWorld } from "./world/ports.ts";

export function describeJourneys(make: MakeWorld): void {
  test("without a published journey there is no live journey, no version and no listener", async () => {
    const { journeys } = await make();
    expect(await journeys.live("j")).toBeUndefined();
    expect(await journeys.version("j", 1)).toBeUndefined();
    expect(await journeys.newest("j")).toBeUndefined();
    expect(await journeys.stoppedSince("")).toEqual([]);
    expect((await journeys.catalog()).triggeredBy("start")).toEqual([]);
  });

  describe("a frozen version", () => {
    test("is read by its number and never changes", async () => {
      const { journeys } = await make();
      await journeys.freeze(journey({ name: "one" }), 1);
      await journeys.freeze(journey({ name: "two" }), 2);
      expect((await journeys.version("j", 1))?.name).toBe("one");
      expect((await journeys.version("j", 2))?.name).toBe("two");
      expect(await journeys.version("j", 3)).toBeUndefined();
      expect(await journeys.version("j-2", 1)).toBeUndefined();
    });

    test("conflicts if its number is taken, and the stored version stays", async () => {
      const { journeys } = await make();
      await journeys.freeze(journey({ name: "one" }), 1);
      await expect(journeys.freeze(journey({ name: "two" }), 1)).rejects.toThrow(ConflictError);
      expect((await journeys.version("j", 1))?.name).toBe("one");
      await journeys.freeze(journey({ id: "j-2" }), 1);
    });

    test("does not contain the outcome of a save", async () => {
      const { journeys } = await make();
      await journeys.freeze({ ...journey(), publication: outcome("rejected", 0) }, 1);
      expect(await journeys.version("j", 1)).not.toHaveProperty("publication");
      expect((await journeys.newest("j"))?.journey).not.toHaveProperty("publication");
    });

    test("is stored once if two are frozen under one number at the same time", async () => {
      const { journeys } = await make();
      const both = ["a", "b"].map((name) => journeys.freeze(journey({ name }), 1));
      const results = await Promise.allSettled(both);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const winner = results[0]?.status === "fulfilled" ? "a" : "b";
      expect((await journeys.version("j", 1))?.name).toBe(winner);
    });
  });

  describe("a live journey", () => {
    test("has the content of its version, with the name and the status of the save", async () => {
      const world = await make();
      await publish(world, journey({ name: "old", start: "first" }), 1, { awaited: ["paid"] });
      expect(await world.journeys.live("j")).toMatchObject({
        version: 1,
        publishedAt: NOW,
        awaited: ["paid"],
        journey: { id: "j", name: "old", status: "active", start: "first" },
      });
      const renamed = journey({ name: "new", status: "paused" });
      await world.journeys.publish("j", { version: 1, journey: renamed }, outcome("published", 1, LATER));
      expect(await world.journeys.live("j")).toMatchObject({
        version: 1,
        publishedAt: LATER,
        journey: { name: "new", status: "paused", start: "first" },
      });
      expect(await world.journeys.version("j", 1)).toMatchObject({ name: "old", status: "active" });
    });

    test("has the version that was published last", async () => {
      const world = await make();
      await publish(world, journey({ start: "one" }), 1);
      await publish(world, journey({ start: "two" }), 2);
      expect(await world.journeys.live("j")).toMatchObject({ version: 2, journey: { start: "two" } });
      expect(await world.journeys.live("j-2")).toBeUndefined();
    });

    test("has the time at which an edit changed its goals", async () => {
      const { journeys } = await make();
      await journeys.freeze(journey(), 1);
      await journeys.publish("j", { version: 1, journey: journey(), goalsChangedAt: EARLIER }, outcome("published", 1));
      expect((await journeys.live("j"))?.goalsChangedAt).toBe(EARLIER);
      await journeys.publish("j", { version: 1, journey: journey() }, outcome("published", 1));
      expect(await journeys.live("j")).not.toHaveProperty("goalsChangedAt");
    });

    test("that is held is among the held ones, with the status before", async () => {
      const { journeys } = await make();
      await journeys.freeze(journey(), 1);
      const held = { version: 1, beforeHold: "paused", journey: journey({ status: "held" }) } as const;
      await journeys.publish("j", held, outcome("published", 1));
      expect(await journeys.held()).toEqual(["j"]);
      expect((await journeys.live("j"))?.beforeHold).toBe("paused");
      await journeys.publish("j", { version: 1, journey: journey() }, outcome("published", 1));
      expect(await journeys.held()).toEqual([]);
      expect((await journeys.live("j"))?.beforeHold).toBeUndefined();
    });

    test("moves only forward: an older save changes nothing, and the same save may be repeated", async () => {
      const world = await make();
      await world.journeys.freeze(journey(), 1);
      await world.saveDocument("j");
      const document = { id: "j", version: "current" };
      const save = (status: Journey["status"], order: string) => {
        const publication = { ...outcome("published", 1), at: order };
        return world.journeys.publish("j", { version: 1, journey: journey({ status }) }, publication, {
          document,
          order,
        });
      };
      expect(await save("paused", "b")).toBe(true);
      expect(await save("active", "a")).toBe(false);
      expect(await world.journeys.live("j")).toMatchObject({ order: "b", journey: { status: "paused" } });
      expect((await world.outcome("j"))?.at).toBe("b");
      expect(await save("paused", "b")).toBe(true);
      expect(await save("stopped", "c")).toBe(true);
      expect(await world.journeys.live("j")).toMatchObject({ order: "c", journey: { status: "stopped" } });
    });

    test("may be a draft that has no version", async () => {
      const { journeys } = await make();
      const draft = journey({ status: "draft", name: "idea", start: "one" });
      await journeys.publish("j", { version: 0, journey: draft }, outcome("draft", 0));
      expect(await journeys.live("j")).toMatchObject({
        version: 0,
        journey: { name: "idea", status: "draft", start: "one" },
      });
      expect(await journeys.newest("j")).toBeUndefined();
    });

    test("is not in the catalog while it is a draft that has no version, and is as soon as it has one", async () => {
      const world = await make();
      const { journeys } = world;
      const draft = journey({ status: "draft", exit: [{ id: "out", event: "order" }] });
      await journeys.publish("j", { version: 0, journey: draft }, outcome("draft", 0));
      expect(names((await journeys.catalog()).triggeredBy("start"))).toEqual([]);
      expect((await journeys.catalog()).watches("order")).toBe(false);
      await publish(world, journey(), 1);
      expect(await journeys.live("j")).toMatchObject({ version: 1, journey: { status: "active" } });
      expect(names((await journeys.catalog()).triggeredBy("start"))).toEqual(["j"]);
      await journeys.publish("j", { version: 1, journey: draft }, outcome("draft", 1));
      expect(await journeys.live("j")).toMatchObject({ version: 1, journey: { status: "draft" } });
    });

    test("stays unchanged when a save is rejected", async () => {
      const world = await make();
      await publish(world, journey(), 1);
      await world.journeys.publish("j", undefined, outcome("rejected", 1, LATER));
      expect(await world.journeys.live("j")).toMatchObject({ version: 1, publishedAt: NOW });
      await world.journeys.publish("k", undefined, outcome("rejected", 0));
      expect(await world.journeys.live("k")).toBeUndefined();
    });

    test("is found by the events that it listens to, until an edit removes them", async () => {
      const world = await make();
      await publish(world, journey({ exit: [{ id: "out", event: "order" }] }), 1, { awaited: ["paid"] });
      await publish(world, journey({ id: "k", trigger: { event: "other" } }), 1);
      const before = await world.journeys.catalog();
      expect(names(before.triggeredBy("start"))).toEqual(["j"]);
      expect(["order", "paid", "visit"].map(before.watches)).toEqual([true, true, false]);
      await publish(world, journey({ trigger: { event: "other" } }), 2);
      const after = await world.journeys.catalog();
      expect(names(after.triggeredBy("start"))).toEqual([]);
      expect(names(after.triggeredBy("other"))).toEqual(["j", "k"]);
      expect(["order", "paid"].map(after.watches)).toEqual([false, false]);
    });
  });

  test.each<[string, Publication, LiveJourney | undefined]>([
    ["was published", outcome("published", 1), { version: 1, journey: journey() }],
    ["was rejected, with every problem", outcome("rejected", 0), undefined],
    ["is a draft", outcome("draft", 0), { version: 0, journey: journey({ status: "draft" }) }],
  ])("the outcome of a save is written into the document: it %s", async (_, publication, live) => {
    const world = await make();
    await world.saveDocument("j");
    await world.journeys.publish("j", live, publication);
    expect(await world.outcome("j")).toEqual(publication);
    const again = outcome("rejected", 1, LATER);
    await world.journeys.publish("j", live, again);
    expect(await world.outcome("j")).toEqual(again);
  });

  describeLongJourneys(make);
}
