/** The stored audience runs: how they begin, end, and are found. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../../lambdas/app/errors.ts";
import { EARLIER, LATER, NOW } from "../../domain/enrolled.ts";
import type { MakeWorld } from "../world/ports.ts";
import { asked, begun, other, progress } from "./given-runs.ts";

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

    test("that a person asked for is found by the time of the request, until it has begun or was skipped", async () => {
      const { runs } = await make();
      const all = [
        { ...asked, startedAt: EARLIER },
        { ...asked, runId: "j-2" },
        { ...asked, journeyId: "k", runId: "k-3", startedAt: LATER },
      ] as const;
      for (const run of all) await runs.note(run);
      const found = async (since: string) => (await runs.asked(since)).map(({ runId }) => runId).sort();
      expect([await found(EARLIER), await found(NOW), await found(LATER)]).toEqual([
        ["j-1", "j-2", "k-3"],
        ["j-2", "k-3"],
        ["k-3"],
      ]);
      expect((await runs.asked(LATER))[0]).toEqual(all[2]);
      expect(await runs.underWay()).toEqual([]);
      await runs.begin({ ...begun, journeyId: "k", runId: "k-3" });
      await runs.note({ ...all[1], state: "skipped" });
      expect(await found(EARLIER)).toEqual(["j-1"]);
      expect((await runs.underWay()).map(({ runId }) => runId)).toEqual(["k-3"]);
    });

    test("is listed with the others of its journey, the oldest first", async () => {
      const { runs } = await make();
      for (const run of [other, { ...asked, runId: "j-3", startedAt: EARLIER }, asked]) await runs.note(run);
      await runs.note({ ...asked, journeyId: "jj", runId: "jj-1" });
      expect((await runs.ofJourney("j")).map(({ runId }) => runId)).toEqual(["j-3", "j-1", "j-2"]);
    });
  });
}

/** The same with pages of two items. */
export function describeLongRuns(make: MakeWorld): void {
  test("all runs of a journey, and all runs under way or asked for, are found on several pages", async () => {
    const { runs } = await make();
    const names = Array.from({ length: 5 }, (_, index) => `j-${index}`);
    for (const runId of names) await runs.note({ ...asked, runId });
    for (const journeyId of names) await runs.begin({ ...begun, journeyId, runId: `${journeyId}-1` });
    expect((await runs.ofJourney("j")).map(({ runId }) => runId).sort()).toEqual(names);
    expect((await runs.asked(NOW)).map(({ runId }) => runId).sort()).toEqual(names);
    expect((await runs.underWay()).map(({ journeyId }) => journeyId).sort()).toEqual(names);
  });
}
