/** The progress of audience runs: parts, turns, counts and lists. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../../lambdas/app/errors.ts";
import { newPart } from "../../../lambdas/domain/schedule/run-record.ts";
import { LATER, NOW } from "../../domain/enrolled.ts";
import { considered } from "../world/given.ts";
import type { MakeWorld } from "../world/ports.ts";
import { begun, other, progress } from "./given-runs.ts";

const part = { ...newPart(begun, 1), after: "place", queued: ["c-1"], sum: 1, result: progress.result, revision: 1 };

const consideredOf = (customerId: string, outcome: Parameters<typeof considered>[1]) => {
  const change = considered("j-1", outcome);
  return change.kind === "considered" ? { ...change, entry: { ...change.entry, customerId } } : change;
};

export function describeProgress(make: MakeWorld): void {
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
}
