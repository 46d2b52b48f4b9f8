/** The stored audience runs, and the customers as the parts of a run read them. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../lambdas/app/errors.ts";
import { hasProfile } from "../../lambdas/domain/customer/customer.ts";
import { newPart, type RunRecord } from "../../lambdas/domain/schedule/run-record.ts";
import { EARLIER, LATER, NOW } from "../domain/enrolled.ts";
import { considered, customer, event } from "./given.ts";
import type { MakeWorld, World } from "./ports.ts";

const asked: RunRecord = {
  journeyId: "j",
  runId: "j-1",
  startedAt: NOW,
  local: 1_767_603_600_000,
  aim: { kind: "event", name: "order", within: "P30D" },
  state: "asked",
  version: 0,
  parts: 3,
};
const begun: RunRecord = { ...asked, state: "under-way", version: 2, execution: "x-1" };
const other: RunRecord = { ...begun, runId: "j-2", startedAt: LATER, execution: "x-2" };
const progress = {
  result: { considered: 3, entered: 1, refused: { "audience-false": 2 } },
  waiting: 4,
  partsDone: 3,
} as const;
const part = { ...newPart(begun, 1), after: "place", queued: ["c-1"], sum: 1, result: progress.result, revision: 1 };

export function describeRuns(make: MakeWorld): void {
  describe("an audience run", () => {
    test("is read as it was stored, and a run that is stored already stays as it is", async () => {
      const { runs } = await make();
      expect(await runs.get(asked)).toBeUndefined();
      await runs.note(asked);
      await runs.note({ ...asked, aim: { kind: "all" }, startedAt: LATER });
      expect(await runs.get(asked)).toEqual(asked);
    });

    test("begins, keeps what was stored of it, and begins again with another execution", async () => {
      const { runs } = await make();
      await runs.note(asked);
      await runs.cancel(asked, EARLIER);
      expect(await runs.begin(begun)).toBeUndefined();
      expect(await runs.get(asked)).toEqual({ ...begun, cancelledAt: EARLIER });
      expect(await runs.begin({ ...begun, execution: "x-9", startedAt: LATER })).toBeUndefined();
      expect(await runs.get(asked)).toEqual({ ...begun, cancelledAt: EARLIER, execution: "x-9" });
    });

    test("that was not stored before begins too", async () => {
      const { runs } = await make();
      expect(await runs.begin(begun)).toBeUndefined();
      expect(await runs.get(begun)).toEqual(begun);
    });

    test("does not begin while another run of its journey is under way", async () => {
      const { runs } = await make();
      await runs.begin(begun);
      expect(await runs.begin(other)).toEqual(begun);
      expect(await runs.get(other)).toBeUndefined();
      expect(await runs.begin({ ...other, journeyId: "k", runId: "k-1" })).toBeUndefined();
      await runs.end(begun, LATER, progress);
      expect(await runs.begin(other)).toBeUndefined();
      expect((await runs.underWay()).map(({ runId }) => runId).sort()).toEqual(["j-2", "k-1"]);
    });

    test("that begins in the same moment as others is the only one that is under way", async () => {
      const { runs } = await make();
      await runs.note(asked);
      const all = [begun, other, { ...other, runId: "j-3" }];
      const answers = await Promise.allSettled(all.map((run) => runs.begin(run)));
      for (const answer of answers)
        if (answer.status === "rejected") expect(answer.reason).toBeInstanceOf(ConflictError);
      const [only, ...more] = await runs.underWay();
      expect(more).toEqual([]);
      for (const run of all.filter(({ runId }) => runId !== only?.runId))
        expect(await runs.begin(run)).toMatchObject({ runId: only?.runId });
      expect((await runs.ofJourney("j")).filter(({ state }) => state === "under-way")).toHaveLength(1);
    });

    test("that has ended or was skipped does not begin again", async () => {
      const { runs } = await make();
      await runs.begin(begun);
      await runs.end(begun, LATER, progress);
      await expect(runs.begin(begun)).rejects.toThrow(ConflictError);
      await runs.note({ ...other, state: "skipped" });
      await expect(runs.begin(other)).rejects.toThrow(ConflictError);
      expect(await runs.underWay()).toEqual([]);
    });

    test("ends with its result and how many customers are undecided", async () => {
      const { runs } = await make();
      await runs.begin(begun);
      await runs.end(begun, LATER, progress);
      const { result, waiting: undecided } = progress;
      expect(await runs.get(begun)).toEqual({ ...begun, state: "ended", endedAt: LATER, result, undecided });
    });

    test("is skipped only while it has not begun", async () => {
      const { runs } = await make();
      await runs.note(asked);
      await runs.note({ ...asked, state: "skipped", skippedFor: "j-9" });
      expect(await runs.get(asked)).toEqual({ ...asked, state: "skipped", skippedFor: "j-9" });
      await runs.begin(other);
      await runs.note({ ...other, state: "skipped" });
      expect(await runs.get(other)).toEqual(other);
    });

    test("that is not stored cannot be cancelled or ended", async () => {
      const { runs } = await make();
      await runs.cancel(asked, NOW);
      await runs.end(asked, NOW, progress);
      expect([await runs.get(asked), await runs.ofJourney("j"), await runs.underWay()]).toEqual([undefined, [], []]);
    });

    test("is listed with the others of its journey, the oldest first", async () => {
      const { runs } = await make();
      for (const run of [other, { ...asked, runId: "j-3", startedAt: EARLIER }, asked]) await runs.note(run);
      await runs.note({ ...asked, journeyId: "jj", runId: "jj-1" });
      expect((await runs.ofJourney("j")).map(({ runId }) => runId)).toEqual(["j-3", "j-1", "j-2"]);
    });
  });

  describe("the progress of a run", () => {
    test("is stored by part, and one of several simultaneous writes of a part wins", async () => {
      const { runs } = await make();
      expect(await runs.part(begun, 1)).toBeUndefined();
      const writes = await Promise.allSettled(["a", "b", "c"].map((after) => runs.putPart({ ...part, after })));
      const refused = writes.flatMap((write) => (write.status === "rejected" ? [write.reason] : []));
      expect(refused).toEqual([expect.any(ConflictError), expect.any(ConflictError)]);
      const { after, ...rest } = part;
      const { after: stored, ...kept } = (await runs.part(begun, 1)) ?? {};
      expect(kept).toEqual(rest);
      expect(["a", "b", "c"]).toContain(stored);
      const { after: _, ...last } = { ...part, isComplete: true, queued: [], revision: 2 };
      await runs.putPart(last);
      expect([await runs.part(begun, 1), await runs.part(begun, 0), await runs.part(other, 1)]).toEqual([
        last,
        undefined,
        undefined,
      ]);
      await expect(runs.putPart(last)).rejects.toThrow(ConflictError);
    });

    test("has the turns of a rate, of which one of several simultaneous writes wins", async () => {
      const { runs } = await make();
      expect(await runs.turns(begun)).toBeUndefined();
      const writes = await Promise.allSettled(
        [1, 2, 3].map((used) => runs.putTurns(begun, { used, last: NOW, revision: 1 })),
      );
      expect(writes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      await runs.putTurns(begun, { used: 7, last: LATER, revision: 2 });
      expect(await runs.turns(begun)).toEqual({ used: 7, last: LATER, revision: 2 });
      await expect(runs.putTurns(begun, { used: 8, last: LATER, revision: 2 })).rejects.toThrow(ConflictError);
      expect(await runs.turns(other)).toBeUndefined();
    });

    test("counts each customer of the queue once, by outcome", async () => {
      const { runs, store } = await make();
      expect(await runs.counts({ journeyId: "j", runId: "j-1" })).toEqual({});
      await store.commit([considered("j-1")]);
      await expect(store.commit([considered("j-1", "unsubscribed")])).rejects.toThrow(ConflictError);
      for (const [index, outcome] of (["entered", "entry-limit", "outside", "entered"] as const).entries())
        await store.commit([consideredOf(`d-${index}`, outcome)]);
      await store.commit([considered("j-2", "unsubscribed")]);
      expect(await runs.counts({ journeyId: "j", runId: "j-1" })).toEqual({
        entered: 3,
        "entry-limit": 1,
        outside: 1,
      });
    });

    test("has the parts of the list that a person gave", async () => {
      const { runs, putList } = await make();
      await putList("j-1", 0, ["c-2", "c-1"]);
      await putList("j-1", 1, ["c-3"]);
      expect([await runs.list(begun, 0), await runs.list(begun, 1), await runs.list(begun, 2)]).toEqual([
        ["c-2", "c-1"],
        ["c-3"],
        [],
      ]);
      expect(await runs.list(other, 0)).toEqual([]);
    });
  });

  readsEveryCustomer(make);
}

/** The same with pages of two items. */
export function describeLongRuns(make: MakeWorld): void {
  readsEveryCustomer(make);

  test("all runs of a journey, and all runs under way, are found on several pages", async () => {
    const { runs } = await make();
    const names = Array.from({ length: 5 }, (_, index) => `j-${index}`);
    for (const runId of names) await runs.note({ ...asked, runId });
    for (const journeyId of names) await runs.begin({ ...begun, journeyId, runId: `${journeyId}-1` });
    expect((await runs.ofJourney("j")).map(({ runId }) => runId).sort()).toEqual(names);
    expect((await runs.underWay()).map(({ journeyId }) => journeyId).sort()).toEqual(names);
  });
}

const consideredOf = (customerId: string, outcome: Parameters<typeof considered>[1]) => {
  const change = considered("j-1", outcome);
  return change.kind === "considered" ? { ...change, entry: { ...change.entry, customerId } } : change;
};

function readsEveryCustomer(make: MakeWorld): void {
  describe("the customers of a run", () => {
    const PARTS = 3;
    const names = Array.from({ length: 11 }, (_, index) => `c-${index}`);

    const filled = async (): Promise<World> => {
      const world = await make();
      for (const customerId of names)
        await world.store.commit([customer(1, { customerId }), event(`e-${customerId}`, { customerId })]);
      // Of these two there is no profile.
      await world.store.commit([event("alone", { customerId: "unknown" })]);
      await world.store.commit([customer(1, { customerId: "erased", attributes: {}, deletedAt: NOW })]);
      return world;
    };

    /** Reads a part. After each page, `from` says with the how manyth of its places to go on. */
    async function read({ profiles }: World, number: number, from: (places: number) => number | undefined) {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await profiles.page(number, PARTS, after);
        expect(page.places).toHaveLength(page.customers.length);
        const stop = page.customers.length === 0 ? undefined : from(page.customers.length);
        const read = stop === undefined ? page.customers : page.customers.slice(0, stop + 1);
        found.push(...read.filter(hasProfile).map(({ customerId }) => customerId));
        after = stop === undefined ? page.next : page.places[stop];
      } while (after !== undefined);
      return found;
    }

    test.each<[string, (places: number) => number | undefined]>([
      ["page by page", () => undefined],
      ["when it goes on after the first customer of each page", () => 0],
    ])("are each in one part, once, %s", async (_, from) => {
      const world = await filled();
      const parts: string[][] = [];
      for (let number = 0; number < PARTS; number++) parts.push(await read(world, number, from));
      expect(parts.flat().sort()).toEqual([...names].sort());
    });

    test("are read as they are stored", async () => {
      const world = await make();
      await world.store.commit([customer(1, { attributes: { plan: "x", visits: 3 }, tags: ["vip"] })]);
      const pages = [];
      for (let number = 0; number < PARTS; number++) pages.push(await world.profiles.page(number, PARTS, undefined));
      expect(pages.flatMap(({ customers }) => customers)).toEqual([await world.store.customer("c-1")]);
    });

    test("are none in an empty table", async () => {
      const { profiles } = await make();
      expect(await profiles.page(0, 1, undefined)).toEqual({ customers: [], places: [] });
    });
  });
}
