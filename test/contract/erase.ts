/** Erasing deletes a customer's items until a given time. The profile, the enrollments and later items stay. */
import { describe, expect, test } from "vitest";
import type { Change } from "../../lambdas/app/store.ts";
import { EARLIER, LATER, NOW } from "../domain/enrolled.ts";
import { begun, customer, entry, event, reason, send, sends } from "./world/given.ts";
import type { MakeWorld, World } from "./world/ports.ts";

const JUST_AFTER = "2026-01-05T10:00:00.001Z";

interface Left {
  readonly events?: readonly string[];
  readonly reasons?: readonly string[];
  readonly entries?: readonly (string | undefined)[];
  readonly sends?: readonly string[];
}

/** The items stored before an erasure until NOW, and the items left afterwards. */
const cases: readonly [what: string, stored: readonly Change[], left: Left][] = [
  ["an event from before", [event("a", { time: EARLIER })], { events: [] }],
  ["an event of exactly that time", [event("a", { time: NOW })], { events: [] }],
  ["an event one millisecond later stays", [event("a", { time: JUST_AFTER })], { events: ["a"] }],
  [
    "events of all names from before, beside one that stays",
    [event("a", { time: EARLIER }, "order"), event("b", { time: EARLIER }), event("c", { time: LATER })],
    { events: ["c"] },
  ],
  ["a reason from before that was stored later", [reason("d", { time: NOW, at: LATER })], { reasons: [] }],
  ["a reason from later stays", [reason("d", { time: LATER })], { reasons: ["d: entry-limit"] }],
  ["an entry without an enrollment", [entry(1)], { entries: [] }],
  ["an entry whose enrollment began before", [begun("e", EARLIER), entry(1)], { entries: [] }],
  ["an entry whose enrollment began at that moment", [begun("e", NOW), entry(1)], { entries: [] }],
  ["an entry whose enrollment began later stays", [begun("e", LATER), entry(1)], { entries: [undefined] }],
  [
    "after a re-entry with the same key, the entry stays",
    [begun("old", EARLIER, { key: "k" }), begun("new", LATER, { key: "k" }), entry(1, "k")],
    { entries: ["k"] },
  ],
  [
    "after a re-entry with another key, only that key's entry stays",
    [begun("old", EARLIER), begun("new", LATER, { key: "k" }), entry(1), entry(1, "k")],
    { entries: ["k"] },
  ],
  [
    "after a re-entry into another journey, this one's entry goes",
    [begun("new", LATER, { journeyId: "j-2" }), entry(1)],
    { entries: [] },
  ],
  ["a send log from before", [sends(1, [send(EARLIER), send(NOW)])], { sends: [] }],
  [
    "a send log with a later message stays whole",
    [sends(1, [send(EARLIER), send(LATER)])],
    { sends: [EARLIER, LATER] },
  ],
  ["an empty send log", [sends(1, [])], { sends: [] }],
];

async function left({ store, reasons }: World): Promise<Left> {
  const keys = [undefined, "k"];
  const entries = await Promise.all(keys.map((key) => store.entry("c-1", "j", key)));
  const named = await Promise.all(["visit", "order"].map((name) => store.events("c-1", name, "")));
  return {
    events: named.flat().map(({ id }) => id),
    reasons: await reasons("c-1"),
    entries: keys.filter((_, index) => entries[index]),
    sends: (await store.sendLog("c-1")).sends.map(({ at }) => at),
  };
}

export function describeErase(make: MakeWorld): void {
  describe("erasing", () => {
    test.each(cases)("%s", async (_, stored, expected) => {
      const world = await make();
      for (const change of stored) await world.store.commit([change]);
      await world.store.erase("c-1", NOW);
      expect(await left(world)).toEqual({ events: [], reasons: [], entries: [], sends: [], ...expected });
    });

    test("leaves the profile and every enrollment, because only commits change those", async () => {
      const { store } = await make();
      await store.commit([customer(1), begun("old", EARLIER), begun("new", LATER)]);
      await store.erase("c-1", NOW);
      expect((await store.customer("c-1")).revision).toBe(1);
      expect((await store.enrollments("c-1")).map(({ enrollmentId }) => enrollmentId).sort()).toEqual(["new", "old"]);
      expect(await Array.fromAsync(store.inside("j"))).toHaveLength(2);
    });

    test("leaves the items of other customers", async () => {
      const { store } = await make();
      const other = { customerId: "c-10" };
      await store.commit([event("a", other), entry(1, undefined, other), sends(1, [send(EARLIER)], "c-10")]);
      await store.erase("c-1", NOW);
      expect(await store.event("c-10", "a")).toBeDefined();
      expect(await store.entry("c-10", "j", undefined)).toBeDefined();
      expect((await store.sendLog("c-10")).revision).toBe(1);
    });

    test("erased items can be stored again, starting at revision 1", async () => {
      const { store } = await make();
      const all = [event("a"), entry(1), sends(1)];
      await store.commit(all);
      await store.commit([entry(2), sends(2)]);
      await store.erase("c-1", NOW);
      await store.commit(all);
      expect((await store.entry("c-1", "j", undefined))?.count).toBe(1);
    });
  });

  describeLongErase(make);
}

export function describeLongErase(make: MakeWorld): void {
  test("erasing deletes many items and large items, and may be repeated", async () => {
    const { store } = await make();
    const MUCH = "x".repeat(250_000);
    const large = ["a", "b", "c", "d", "e"].map((id) => event(id, { data: { MUCH }, time: EARLIER }));
    for (const change of large) await store.commit([change]);
    await store.commit(Array.from({ length: 30 }, (_, n) => event(`small-${n}`)));
    await store.commit([event("later", { time: LATER })]);
    for (const _ of ["once", "repeated"]) {
      await store.erase("c-1", NOW);
      expect((await store.events("c-1", "visit", "")).map(({ id }) => id)).toEqual(["later"]);
    }
  });
}
