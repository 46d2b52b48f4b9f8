/** A commit stores all of its changes or none, and each kind of change has its own condition. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Change } from "../../lambdas/app/store.ts";
import { storedId } from "../../lambdas/domain/values/event-identity.ts";
import { LATER } from "../domain/enrolled.ts";
import { describeCommitsTogether } from "./commits-together.ts";
import {
  address,
  closing,
  considered,
  counts,
  customer,
  enrollment,
  entry,
  event,
  over,
  reason,
  removal,
  sends,
  unchanged,
} from "./world/given.ts";
import type { MakeWorld, World } from "./world/ports.ts";

interface Conditions {
  /** The changes stored before, and the change under test. */
  readonly stored: readonly [when: string, before: readonly Change[], change: Change][];
  readonly refused: readonly [when: string, before: readonly Change[], change: Change][];
}

/** For items that are stored only over the revision before. */
const revised = (item: (revision: number) => Change): Conditions => ({
  stored: [
    ["revision 1 where there is none", [], item(1)],
    ["revision 2 over revision 1", [item(1)], item(2)],
  ],
  refused: [
    ["revision 1 over revision 1", [item(1)], item(1)],
    ["revision 2 where there is none", [], item(2)],
    ["revision 3 over revision 1", [item(1)], item(3)],
    ["revision 1 over revision 2", [item(1), item(2)], item(1)],
  ],
});

const conditions: Record<Change["kind"], Conditions> = {
  customer: revised(customer),
  sends: revised(sends),
  address: revised(address),
  enrollment: revised(enrollment),
  entry: revised(entry),
  unchanged: {
    stored: [
      ["revision 0 where there is none", [], unchanged(0)],
      ["revision 1 when that is stored", [customer(1)], unchanged(1)],
      ["revision 2 when that is stored", [customer(1), customer(2)], unchanged(2)],
    ],
    refused: [
      ["revision 0 when 1 is stored", [customer(1)], unchanged(0)],
      ["revision 1 where there is none", [], unchanged(1)],
      ["revision 1 when 2 is stored", [customer(1), customer(2)], unchanged(1)],
      ["revision 2 when 1 is stored", [customer(1)], unchanged(2)],
    ],
  },
  closing: {
    stored: [
      ["revision 1 when that is stored", [enrollment(1, over)], closing(1)],
      ["revision 2 when that is stored", [enrollment(1, over), enrollment(2, over)], closing(2)],
    ],
    refused: [
      ["where there is none", [], closing(1)],
      ["revision 1 when 2 is stored", [enrollment(1, over), enrollment(2, over)], closing(1)],
      ["what is closed", [enrollment(1, over), closing(1)], closing(1)],
    ],
  },
  removal: {
    stored: [
      ["revision 1 when that is stored", [enrollment(1)], removal(1)],
      ["revision 2 when that is stored", [enrollment(1), enrollment(2)], removal(2)],
    ],
    refused: [
      ["where there is none", [], removal(1)],
      ["revision 1 when 2 is stored", [enrollment(1), enrollment(2)], removal(1)],
      ["revision 2 when 1 is stored", [enrollment(1)], removal(2)],
      ["what was removed before", [enrollment(1), removal(1)], removal(1)],
      ["what was closed after it was read", [enrollment(1, over), closing(1)], removal(1)],
    ],
  },
  event: {
    stored: [
      ["an id that is not there", [], event("a")],
      ["another id", [event("a")], event("b")],
      ["the id of another customer's event", [event("a", { customerId: "c-2" })], event("a")],
      ["an id that an event with another name has, under both", [event("a")], event("a", { sharesId: true }, "order")],
      [
        "an id that is there, under both, beside an id that looks like both",
        [event("a"), event("order a")],
        event("a", { sharesId: true }, "order"),
      ],
    ],
    refused: [
      ["an id that is there", [event("a")], event("a")],
      ["an id that is there, under another name and time", [event("a")], event("a", { time: LATER }, "order")],
      [
        "an id and name that are there, under both",
        [event("a"), event("a", { sharesId: true }, "order")],
        event("a", { sharesId: true, time: LATER }, "order"),
      ],
    ],
  },
  reason: {
    stored: [
      ["of a first delivery", [], reason("d")],
      ["of a delivery that has one", [reason("d")], reason("d", { reason: "audience-false" })],
    ],
    refused: [],
  },
  considered: {
    stored: [
      ["by a first run", [], considered("j-1")],
      ["by another run", [considered("j-1")], considered("j-2", "entry-limit")],
    ],
    refused: [["by the same run again", [considered("j-1")], considered("j-1", "outside")]],
  },
  counts: {
    stored: [
      ["of a journey without any", [], counts({ entered: 1 })],
      ["of a journey that has some", [counts({ entered: 1 })], counts({ entered: 1 })],
    ],
    refused: [],
  },
};

/** Changes in the same commit: stored if the change under test is stored, and not stored if it conflicts. */
const company: readonly Change[] = [counts({ "component.x.entered": 1 }), entry(1, "company"), reason("company")];

async function worldWith(make: MakeWorld, before: readonly Change[]): Promise<World> {
  const world = await make();
  for (const change of before) await world.store.commit([change]);
  return world;
}

const companyOf = async ({ store, reasons }: World) => ({
  entry: (await store.entry("c-1", "j", "company")) !== undefined,
  reason: (await reasons("c-1")).includes("company: entry-limit"),
});

export function describeCommit(make: MakeWorld): void {
  for (const [kind, { stored, refused }] of Object.entries(conditions))
    describe(`a change of kind "${kind}"`, () => {
      test.each(stored)("is stored: %s", async (_, before, change) => {
        const world = await worldWith(make, before);
        await world.store.commit([change]);
        await expectStored(world, [...before, change], change);
      });

      test.each(stored)("is stored together with others: %s", async (_, before, change) => {
        const world = await worldWith(make, before);
        const [first, ...more] = company;
        await world.store.commit([...(first ? [first] : []), change, ...more]);
        await expectStored(world, [...before, change], change);
        expect(await companyOf(world)).toEqual({ entry: true, reason: true });
      });

      if (refused.length === 0) return;

      test.each(refused)("conflicts, and nothing is stored, alone or beside others: %s", async (_, before, change) => {
        const world = await worldWith(make, before);
        const was = await world.everything();
        for (const changes of [[change], [...company, change]])
          await expect(world.store.commit(changes)).rejects.toThrow(ConflictError);
        expect(await world.everything()).toEqual(was);
      });
    });

  describe("a closed enrollment", () => {
    const closed = { closed: true } as const;
    const closedWorld = (make: MakeWorld) => worldWith(make, [enrollment(1, over), closing(1)]);

    test("may still change, and stays closed", async () => {
      const { store } = await closedWorld(make);
      await store.commit([enrollment(2, { ...over, ...closed, goals: { sale: LATER } })]);
      expect(await store.enrollments("c-1")).toMatchObject([{ revision: 2, closed: true, goals: { sale: LATER } }]);
    });

    test("is not changed by a function that read it when it was open", async () => {
      const { store } = await closedWorld(make);
      await expect(store.commit([enrollment(2, over)])).rejects.toThrow(ConflictError);
      expect(await store.enrollments("c-1")).toMatchObject([{ revision: 1, closed: true }]);
    });

    test("can be removed", async () => {
      const { store } = await closedWorld(make);
      const stored = await store.enrollments("c-1");
      for (const each of stored) await store.commit([{ kind: "removal", enrollment: each }]);
      expect([stored.length, await store.enrollments("c-1")]).toEqual([1, []]);
    });
  });

  describeCommitsTogether(make);
}

/** Reads a stored change back through the ports. */
async function expectStored(world: World, stored: readonly Change[], change: Change): Promise<void> {
  const { store, breakers, reasons } = world;
  const lookers: { [K in Change["kind"]]: (change: Extract<Change, { kind: K }>) => Promise<void> } = {
    customer: async ({ customer }) => expect(await store.customer("c-1")).toEqual(customer),
    unchanged: async ({ customer: { revision } }) => expect((await store.customer("c-1")).revision).toBe(revision),
    sends: async ({ sends }) => expect(await store.sendLog("c-1")).toEqual(sends),
    address: async ({ facts }) => expect(await store.addressFacts(facts.address)).toEqual(facts),
    enrollment: async ({ enrollment }) => expect(await store.enrollment(enrollment)).toEqual(enrollment),
    closing: async ({ enrollment }) => {
      expect(await store.openEnrollment(enrollment)).toBeUndefined();
      expect(await store.openEnrollments("c-1")).toEqual([]);
      expect(await store.enrollment(enrollment)).toEqual({ ...enrollment, closed: true });
      expect(await store.enrollments("c-1")).toEqual([{ ...enrollment, closed: true }]);
      expect(await Array.fromAsync(store.inside("j"))).toEqual([]);
    },
    removal: async ({ enrollment }) => {
      expect(await store.enrollment(enrollment)).toBeUndefined();
      expect(await store.enrollments("c-1")).toEqual([]);
      expect(await Array.fromAsync(store.inside("j"))).toEqual([]);
    },
    entry: async ({ entry }) => expect(await store.entry("c-1", "j", entry.key)).toEqual(entry),
    event: async ({ event }) => expect(await store.event("c-1", storedId(event))).toEqual(event),
    reason: async ({ reason: { deliveryId, reason } }) =>
      expect((await reasons("c-1")).filter((text) => text.startsWith(`${deliveryId}:`))).toEqual([
        `${deliveryId}: ${reason}`,
      ]),
    considered: async ({ entry }) => expect(await store.considered("c-1", entry.runId)).toEqual(entry),
    counts: async () => expect((await breakers.counts("j")).entered).toBe(stored.length),
  };
  await (lookers[change.kind] as (change: Change) => Promise<void>)(change);
}
