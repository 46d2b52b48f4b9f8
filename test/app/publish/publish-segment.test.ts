/** Saved segments: a good one becomes live, a bad one changes nothing that is live. */
import { describe, expect, test } from "vitest";
import type { TemplatePublication } from "../../../lambdas/app/publication.ts";
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import { publishSave } from "../../../lambdas/app/publish/publish-save.ts";
import { hello, lasting } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const is = (value: string) => ({ field: "customer.country", operator: "equals", value });
const german = { id: "german", kind: "segment", name: "German", where: is("DE") };
const clock = { ...german, where: { field: "customer.seenAt", operator: "inPast" } };

async function save(world: World, document: object, order?: string) {
  const kind = "kind" in document ? ("segment" as const) : ("template" as const);
  const saved = { kind, document: document as { id: string }, order };
  return (await publishSave(saved, world.ports)) as TemplatePublication | undefined;
}

const codes = (publication: TemplatePublication | undefined) =>
  publication?.problems.map(({ path, code }) => `${path}: ${code}`);
const live = async (world: World) => (await world.ports.segments.all()).get("german");

test("a good segment becomes live, and the outcome says so", async () => {
  const world = new World();
  const outcome = { state: "published", at: world.clock.now(), problems: [] };
  expect(await save(world, { ...german, publication: { state: "rejected" } })).toEqual(outcome);
  expect(await live(world)).toEqual(is("DE"));
  expect(world.journeys.segments.publications.get("german")).toEqual(outcome);
});

test("a segment with a problem leaves the last good one live", async () => {
  const world = new World();
  await save(world, german);
  const outcome = await save(world, { ...german, where: { segment: "other" } });
  expect([outcome?.state, codes(outcome)]).toEqual(["rejected", ["where.segment: unknown-segment"]]);
  expect(await live(world)).toEqual(is("DE"));
});

test("a save that is older than the live one changes nothing", async () => {
  const world = new World();
  await save(world, german, "2");
  expect(await save(world, { ...german, where: is("FR") }, "1")).toBeUndefined();
  expect(await live(world)).toEqual(is("DE"));
});

test("a save that comes again after a crash has the same outcome", async () => {
  const world = new World();
  expect(await save(world, german, "2")).toEqual(await save(world, german, "2"));
});

describe("an id is of one kind: a live document of the other kind stays live when", () => {
  test("a segment is saved with the id of a template", async () => {
    const world = new World();
    await save(world, hello);
    expect(codes(await save(world, { ...german, id: "hello" }))).toEqual(["id: kind-changed"]);
    expect(await world.ports.segments.live("hello")).toBeUndefined();
    expect(await world.templates.get("hello")).toEqual(hello);
  });

  test("a template is saved with the id of a segment", async () => {
    const world = new World();
    await save(world, german);
    expect(codes(await save(world, { ...hello, id: "german" }))).toEqual(["id: kind-changed"]);
    expect(await world.templates.get("german")).toBeUndefined();
    expect(await live(world)).toEqual(is("DE"));
  });
});

describe("a journey that names a segment", () => {
  const journey = lasting({ exit: [{ id: "moved", where: { segment: "german" } }] });

  test("is rejected while the segment does not exist, with a suggestion", async () => {
    const world = new World();
    await save(world, { ...german, id: "germans" });
    expect((await publishJourney("j", journey, world.ports)).problems).toMatchObject([
      { path: "exit[0].where.segment", code: "unknown-segment", message: expect.stringContaining('"germans"') },
    ]);
  });

  test("is stored as it was written, without the segment's condition", async () => {
    const world = new World();
    await save(world, german);
    expect((await world.publish(journey)).state).toBe("published");
    expect(JSON.stringify((await world.ports.journeys.newest("j"))?.journey)).not.toContain("country");
  });

  test("keeps a segment from an edit that the journey could not use", async () => {
    const world = new World();
    await save(world, german);
    await world.publish(journey);
    expect(codes(await save(world, clock))).toEqual(["where: clock-condition"]);
    expect(await live(world)).toEqual(is("DE"));
  });

  test("reads the same condition object until the segment changes, so that it is compiled once", async () => {
    const world = new World();
    await save(world, german);
    await world.publish(journey);
    const read = async () => (await world.ports.journeys.live("j"))?.journey;
    const before = await read();
    expect(await read()).toBe(before);
    await save(world, { ...german, where: is("FR") });
    expect(await read()).not.toBe(before);
    expect((await world.ports.journeys.catalog()).journeys[0]?.journey).toBe(await read());
  });

  test("is told from one that names none, which stays the same object", async () => {
    const world = new World();
    await world.publish(lasting({ id: "plain" }));
    const [stored] = [...world.journeys.all()];
    expect(await world.ports.journeys.live("plain")).toBe(stored);
    expect(await world.ports.journeys.catalog()).toBe(await world.ports.journeys.catalog());
  });
});
