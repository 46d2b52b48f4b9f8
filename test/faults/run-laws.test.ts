/** The laws of audience runs detect what a test breaks on purpose. */
import { describe, expect, test } from "vitest";
import type { RunRef } from "../../lambdas/domain/schedule/audience-run.ts";
import { MemoryStore } from "../../simulator/memory-store.ts";
import { broken, quiet } from "./quiet-schedule.ts";
import type { Schedule } from "./schedules.ts";

const withRuns = (...ats: readonly string[]): Schedule => {
  const entries = ats.map((at) => ({ at, journey: "j", customers: ["p", "r"] }));
  return { ...quiet, scenario: { ...quiet.scenario, events: [], entries } };
};

describe("the laws detect", () => {
  test("nothing in two correct runs", async () => {
    expect(await broken(() => {}, withRuns("2026-03-25T00:00:00Z", "2026-03-25T00:00:00Z"))).toBe("");
  });

  test("nothing in a run whose execution is lost before it begins, but the run if nothing begins it again", async () => {
    const faults = [{ kind: "lost-execution", from: 0, seconds: 0 } as const];
    const lost = { ...withRuns("2026-03-25T00:00:00Z"), faults };
    expect(await broken(() => {}, lost)).toBe("");
    const seen = await broken((world) => {
      world.runs.begin = async () => {};
    }, lost);
    expect(seen).toContain("j-1 is asked");
  });

  test("nothing in a run whose execution is lost in the middle, and the next one before it could read the run", async () => {
    const faults = [
      { kind: "lost-execution", from: 0, seconds: 10 },
      { kind: "lost-execution", from: 1, seconds: 0 },
      { kind: "slow", from: 0, seconds: 600 },
    ] as const;
    expect(await broken(() => {}, { ...withRuns("2026-03-25T00:00:00Z"), faults })).toBe("");
  });

  test("a customer of a run who is forgotten", async () => {
    const seen = await broken((world) => {
      const { add } = world.runs.entries;
      Object.assign(world.runs.entries, { add: (ref: RunRef, all: string[]) => add(ref, all.slice(1)) });
    }, withRuns("2026-03-25T00:00:00Z"));
    expect(seen).toContain("j-1 has decided about all customers of the queue but 2");
    expect(seen).toContain("j-1 decided about 0 customers, not 2 to 2");
  });

  test("a customer of a run who is considered twice", async () => {
    const seen = await broken((world) => {
      world.store.considered = async () => undefined;
      world.store.commit = async (changes) => {
        const { commit } = MemoryStore.prototype;
        await commit.call(world.store, changes);
        for (const change of changes)
          if (change.kind === "considered")
            await commit.call(world.store, [{ ...change, entry: { ...change.entry, customerId: "another" } }]);
      };
    }, withRuns("2026-03-25T00:00:00Z"));
    expect(seen).toContain("j-1 decided about 3 customers, not 2 to 2");
    expect(seen).toContain("and let 2 in");
  });

  test("a customer of a run who is refused although the journey is active", async () => {
    const seen = await broken((world) => {
      const { live } = world.journeys;
      world.journeys.liveNow = async (id) => {
        const found = await live.call(world.journeys, id);
        return found && { ...found, journey: { ...found.journey, status: "paused" } };
      };
      world.journeys.live = world.journeys.liveNow;
    }, withRuns("2026-03-25T00:00:00Z"));
    expect(seen).toContain("j-1 refused 2 customers as not-active");
  });

  test("a run that does not end", async () => {
    const seen = await broken((world) => {
      world.runs.runs.end = async () => {};
    }, withRuns("2026-03-25T00:00:00Z"));
    expect(seen).toContain("j-1 is under-way");
  });

  test("two runs of a journey at once", async () => {
    const seen = await broken(
      (world) => {
        const { records } = world.runs.runs;
        world.runs.runs.begin = async (run) => void records.set(run.runId, run);
      },
      withRuns("2026-03-25T00:00:00Z", "2026-03-25T00:00:00Z"),
    );
    expect(seen).toContain("j-1 and j-2");
  });
});
