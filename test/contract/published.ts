/** Publishes journeys through the journeys port, and reads whose result may be longer than one page. */
import { expect, test } from "vitest";
import type { Publication } from "../../lambdas/app/publication.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { EARLIER, journeyOf, LATER, NOW } from "../domain/enrolled.ts";
import type { MakeWorld, World } from "./world/ports.ts";

const done: Journey["components"] = {};
export const journey = (more: Partial<Journey> = {}): Journey => journeyOf(done, more);
export const outcome = (state: Publication["state"], version: number, at = NOW): Publication => ({
  state,
  version,
  at,
  problems: state === "rejected" ? [{ path: "start", code: "unknown", message: "There is none." }] : [],
});

export async function publish(
  { journeys }: World,
  document: Journey,
  version: number,
  more: Partial<LiveJourney> = {},
  at = NOW,
) {
  await journeys.freeze(document, version);
  await journeys.publish(document.id, { version, journey: document, ...more }, outcome("published", version, at));
}

export const names = (found: readonly LiveJourney[]) => found.map(({ journey: { id } }) => id).sort();

export function describeLongJourneys(make: MakeWorld): void {
  test("the newest version is the one with the highest number, also among eleven", async () => {
    const { journeys } = await make();
    for (let version = 1; version <= 11; version++) {
      await journeys.freeze(journey({ name: `name ${version}` }), version);
      if (version === 2 || version >= 10)
        expect(await journeys.newest("j")).toMatchObject({ version, journey: { name: `name ${version}` } });
    }
  });

  test("the catalog lists all of five journeys", async () => {
    const world = await make();
    const all = ["a", "b", "c", "d", "e"];
    for (const id of all) await publish(world, journey({ id }), 1);
    expect(names((await world.journeys.catalog()).triggeredBy("start"))).toEqual(all);
  });

  test("the stopped journeys are those that were stopped after a given time, also if they are active again", async () => {
    const world = await make();
    const { journeys } = world;
    for (const id of ["before", "then", "after", "restarted", "running"])
      await publish(world, journey({ id }), 1, {}, EARLIER);
    const save = (id: string, status: Journey["status"], at: string, stoppedAt?: string) =>
      journeys.publish(
        id,
        { version: 1, journey: journey({ id, status }), ...(stoppedAt && { stoppedAt }) },
        outcome("published", 1, at),
      );
    // The first three pointers are from a release that stored no time of the stop.
    await save("before", "stopped", EARLIER);
    await save("then", "stopped", NOW);
    await save("after", "stopped", LATER);
    await save("restarted", "stopped", NOW, NOW);
    await save("restarted", "active", LATER, NOW);
    // A rejected save does not change when the journey was stopped.
    await journeys.publish("before", undefined, outcome("rejected", 1, LATER));
    expect((await journeys.stoppedSince(NOW)).toSorted()).toEqual(["after"]);
    expect((await journeys.stoppedSince(EARLIER)).toSorted()).toEqual(["after", "restarted", "then"]);
    expect((await journeys.stoppedSince("")).toSorted()).toEqual(["after", "before", "restarted", "then"]);
    expect(await journeys.live("restarted")).toMatchObject({ stoppedAt: NOW });
    expect(await journeys.live("then")).toMatchObject({ stoppedAt: NOW });
  });
}
