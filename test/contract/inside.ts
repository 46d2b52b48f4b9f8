/** The index of the customers inside: read by journey, from a place on, and by due time. */
import { describe, expect, test } from "vitest";
import { PARKED_DUE } from "../../lambdas/domain/enrollment/parking.ts";
import { parts } from "../../lambdas/domain/enrollment/part.ts";
import { EARLIER, enrolled, journeyOf, LATER, NOW } from "../domain/enrolled.ts";
import { enrollment, ids } from "./world/given.ts";
import type { MakeWorld, World } from "./world/ports.ts";

const AFTER = "2026-01-05T11:00:00.001Z";

export function describeInside(make: MakeWorld): void {
  describe("the enrollments of a journey", () => {
    const many = Array.from({ length: 24 }, (_, n) => `e-${n}`);
    const stored = async (): Promise<World> => {
      const world = await make();
      const { store, journeys } = world;
      for (const id of ["j", "k"]) {
        await journeys.freeze(journeyOf({}, { id }), 1);
        await journeys.publish(id, { version: 1, journey: journeyOf({}, { id }) }, published);
      }
      await store.commit(many.map((enrollmentId, n) => enrollment(1, { enrollmentId, customerId: `c-${n % 5}` })));
      const { dueAt: _, ...over } = enrolled({ enrollmentId: "over", status: "exited" });
      await store.commit([
        enrollment(1, { enrollmentId: "other", journeyId: "k", dueAt: NOW }),
        enrollment(1, { enrollmentId: "early", dueAt: EARLIER }),
        { kind: "enrollment", enrollment: over },
      ]);
      return world;
    };
    const published = { state: "published", version: 1, at: NOW, problems: [] } as const;

    test("that are active are returned from all shards, each with its customer", async () => {
      const { store } = await stored();
      const inside = await Array.fromAsync(store.inside("j"));
      expect(inside).toHaveLength(25);
      expect(inside).toEqual(
        expect.arrayContaining([
          ...many.map((enrollmentId, n) => ({ enrollmentId, customerId: `c-${n % 5}`, dueAt: LATER })),
          { enrollmentId: "early", customerId: "c-1", dueAt: EARLIER },
        ]),
      );
      expect(await ids(store.inside("k"))).toEqual(["other"]);
      expect(await ids(store.inside("none"))).toEqual([]);
    });

    test("that are active are read on after any place, also one that an enrollment has left, and nobody is left out", async () => {
      const { store } = await stored();
      for (const part of parts) {
        const all = await Array.fromAsync(store.inside("j", part));
        expect(all.map(({ dueAt }) => dueAt)).toEqual(all.map(({ dueAt }) => dueAt).sort());
        for (const [index, place] of all.entries())
          expect(await Array.fromAsync(store.inside("j", part, place))).toEqual(all.slice(index + 1));
        const [first] = all;
        if (!first) continue;
        expect(await Array.fromAsync(store.inside("j", part, { ...first, dueAt: "2020-01-01T00:00:00.000Z" }))).toEqual(
          all,
        );
        expect(await Array.fromAsync(store.inside("j", part, { ...first, dueAt: "2040-01-01T00:00:00.000Z" }))).toEqual(
          [],
        );
      }
    });

    test("that were due before a given time are returned for every journey", async () => {
      const { store } = await stored();
      expect(await ids(store.overdue(EARLIER))).toEqual([]);
      expect(await ids(store.overdue(NOW))).toEqual(["early"]);
      expect(await ids(store.overdue(LATER))).toEqual(["early", "other"]);
      expect(await ids(store.overdue(AFTER))).toEqual([...many, "early", "other"].sort());
    });

    test("that are parked are found, and are overdue unless their journey is held", async () => {
      const { store } = await stored();
      const parked = { dueAt: PARKED_DUE, parked: { since: NOW } };
      await store.commit([enrollment(1, { enrollmentId: "p-1", ...parked })]);
      await store.commit([enrollment(1, { enrollmentId: "p-2", journeyId: "k", ...parked })]);
      expect(await ids(store.parked("j"))).toEqual(["p-1"]);
      expect(await ids(store.parked("none"))).toEqual([]);
      expect(await ids(store.overdue(NOW))).toEqual(["early", "p-1", "p-2"]);
      expect(await ids(store.overdue(NOW, new Set(["j"])))).toEqual(["early", "p-2"]);
    });

    test("do not include ended, postponed or removed ones", async () => {
      const { store } = await stored();
      const { dueAt: _, ...ended } = enrolled({ enrollmentId: "early", revision: 2, status: "completed" });
      await store.commit([{ kind: "enrollment", enrollment: ended }]);
      const other = { enrollmentId: "other", journeyId: "k" };
      await store.commit([enrollment(2, { ...other, dueAt: LATER })]);
      expect(await ids(store.overdue(LATER))).toEqual([]);
      expect(await ids(store.inside("j"))).toEqual([...many].sort());
      await store.commit([{ kind: "removal", enrollment: enrolled({ ...other, revision: 2 }) }]);
      expect(await ids(store.inside("k"))).toEqual([]);
    });
  });
}
