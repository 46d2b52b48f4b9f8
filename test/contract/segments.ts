/** The segments port, and journeys whose conditions name segments. */
import { describe, expect, test } from "vitest";
import { leaves } from "../../lambdas/domain/conditions/condition-tree.ts";
import type { Segment } from "../../lambdas/domain/segments/segment.ts";
import { journeyOf, NOW } from "../domain/enrolled.ts";
import type { MakeWorld, World } from "./world/ports.ts";

const german: Segment = {
  id: "german",
  kind: "segment",
  name: "German",
  where: { field: "customer.country", operator: "oneOf", value: ["DE", "AT", 7, true] },
};
const outer: Segment = { id: "outer", kind: "segment", name: "Outer", where: { not: { segment: "german" } } };
const published = { state: "published", at: NOW, problems: [] } as const;
const publish = (world: World, segment: Segment, order?: string) =>
  world.segments.publish(segment.id, segment, published, { document: segment, order });

export function describeSegments(make: MakeWorld): void {
  describe("a segment", () => {
    test("is missing before it was published", async () => {
      const { segments } = await make();
      expect([(await segments.get(["german"])).get("german"), await segments.live("german")]).toEqual([
        undefined,
        undefined,
      ]);
      expect([...(await segments.all())]).toEqual([]);
    });

    test("is read as it was published, alone and among all", async () => {
      const world = await make();
      await publish(world, outer, "2");
      await publish(world, german, "1");
      expect((await world.segments.get(["german"])).get("german")).toEqual(german.where);
      expect(await world.segments.live("german")).toEqual({ segment: german, order: "1" });
      expect([...(await world.segments.get(["outer"])).keys()].sort()).toEqual(["german", "outer"]);
      expect(Object.fromEntries(await world.segments.all())).toEqual({ german: german.where, outer: outer.where });
    });

    test("is not replaced by an older save, only by the same or a newer one", async () => {
      const world = await make();
      const named = (name: string, order: string) => publish(world, { ...german, name }, order);
      expect([await named("b", "2"), await named("a", "1"), await named("c", "2"), await named("d", "3")]).toEqual([
        true,
        false,
        true,
        true,
      ]);
      expect((await world.segments.live("german"))?.segment.name).toBe("d");
    });

    test("stays when the next save is rejected", async () => {
      const world = await make();
      await publish(world, german);
      await world.segments.publish("german", undefined, { ...published, state: "rejected" });
      expect((await world.segments.get(["german"])).get("german")).toEqual(german.where);
    });

    test("is no template, and a template is no segment", async () => {
      const world = await make();
      await publish(world, german);
      const letter = { id: "letter", channel: "email", class: "marketing", subject: "Hi", text: "Hi" } as const;
      await world.putTemplate(letter);
      await world.templates.publish("letter", letter, published);
      expect([await world.templates.get("german"), await world.templates.live("german")]).toEqual([
        undefined,
        undefined,
      ]);
      expect([(await world.segments.get(["letter"])).get("letter"), await world.segments.live("letter")]).toEqual([
        undefined,
        undefined,
      ]);
      expect([...(await world.templates.known(["german", "letter"])).keys()]).toEqual(["letter"]);
    });
  });

  test("a journey is read with the conditions of its segments, and is stored without them", async () => {
    const world = await make();
    await publish(world, german);
    await publish(world, outer);
    const journey = journeyOf({}, { trigger: { event: "e", audience: { segment: "outer" } } });
    await world.journeys.freeze(journey, 1);
    await world.journeys.publish("j", { version: 1, journey }, { ...published, version: 1 });
    const read = [
      (await world.journeys.live("j"))?.journey,
      await world.journeys.version("j", 1),
      (await world.journeys.catalog()).journeys[0]?.journey,
    ];
    for (const each of read) {
      expect(each?.trigger.audience).toMatchObject({ segment: "outer" });
      expect(each?.trigger.audience && leaves(each.trigger.audience)).toEqual([german.where]);
    }
    expect(JSON.stringify(read)).not.toContain("country");
  });
}
