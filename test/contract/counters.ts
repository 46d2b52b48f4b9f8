/** The counters of a journey, its circuit breaker, and the send rate. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Breaker } from "../../lambdas/domain/counters/breaker.ts";
import { newBreaker } from "../../lambdas/domain/counters/breaker.ts";
import { nothingMailed } from "../../lambdas/domain/counters/reputation.ts";
import { fromMilliseconds, toMilliseconds } from "../../lambdas/domain/time/time.ts";
import { EARLIER, LATER, NOW } from "../domain/enrolled.ts";
import { counts } from "./world/given.ts";
import type { MakeWorld } from "./world/ports.ts";

const mark = { ...nothingMailed, sent: 7 };
const breaker = (revision: number, more: Partial<Breaker> = {}): Breaker => ({
  journeyId: "j",
  marks: [nothingMailed, mark],
  revision,
  ...more,
});
const held = { kind: "bounces", reports: 20, sent: 100, at: NOW } as const;

/** One shard of the counters may have several items: one for each component and each message. */
export function describeLongCounts(make: MakeWorld): void {
  test("the counts of a journey are the sum over all items of all shards", async () => {
    const { store, breakers } = await make();
    const enrollments = Array.from({ length: 40 }, (_, n) => `enrollment-${n}`);
    for (const [n, id] of enrollments.entries()) {
      const together = n % 2 === 0;
      await store.commit([
        counts({ entered: 1, active: 1, "component.a.entered": 2, "message.b.sent": 3 }, id, together),
      ]);
    }
    await store.commit([counts({ active: -1, completed: 1, "component.a.left.done": 1 }, "enrollment-3")]);
    expect(await breakers.counts("j")).toEqual({
      entered: 40,
      active: 39,
      completed: 1,
      "component.a.entered": 80,
      "component.a.left.done": 1,
      "message.b.sent": 120,
    });
  });
}

export function describeCounters(make: MakeWorld): void {
  describeLongCounts(make);

  describe("the counts of a journey", () => {
    test("are left out where they come to zero", async () => {
      const { store, breakers } = await make();
      await store.commit([counts({ entered: 1, active: 1 }, "a")]);
      await store.commit([counts({ active: -1 }, "b")]);
      expect(await breakers.counts("j")).toEqual({ entered: 1 });
    });

    test("belong to this journey only, and are empty where nothing was counted", async () => {
      const { store, breakers } = await make();
      await store.commit([counts({ entered: 1 })]);
      await breakers.put(breaker(1));
      expect(await breakers.counts("j")).toEqual({ entered: 1 });
      expect(await breakers.counts("j-2")).toEqual({});
    });

    test("include those of simultaneous commits", async () => {
      const { store, breakers } = await make();
      await Promise.all(Array.from({ length: 12 }, () => store.commit([counts({ entered: 1 })])));
      expect(await breakers.counts("j")).toEqual({ entered: 12 });
    });
  });

  describe("the circuit breaker", () => {
    test("is a new one if nothing is stored", async () => {
      const { breakers } = await make();
      expect(await breakers.get("j")).toEqual(newBreaker("j"));
      expect(await breakers.hold("j")).toBeUndefined();
    });

    test("is read as it was stored, with the reason why it is open", async () => {
      const { breakers } = await make();
      await breakers.put(breaker(1, { held }));
      expect(await breakers.get("j")).toEqual(breaker(1, { held }));
      expect(await breakers.hold("j")).toEqual(held);
      expect(await breakers.hold("j-2")).toBeUndefined();
      await breakers.put(breaker(2));
      expect(await breakers.get("j")).toEqual(breaker(2));
      expect(await breakers.hold("j")).toBeUndefined();
    });

    test.each<[string, number[], number]>([
      ["revision 1 over revision 1", [1], 1],
      ["revision 2 where there is none", [], 2],
      ["revision 3 over revision 1", [1], 3],
      ["revision 1 over revision 2", [1, 2], 1],
    ])("conflicts and stays unchanged: %s", async (_, before, revision) => {
      const { breakers } = await make();
      for (const stored of before) await breakers.put(breaker(stored));
      await expect(breakers.put(breaker(revision, { held }))).rejects.toThrow(ConflictError);
      expect((await breakers.get("j")).revision).toBe(before.at(-1) ?? 0);
      expect(await breakers.hold("j")).toBeUndefined();
    });

    test("is not another journey's", async () => {
      const { breakers } = await make();
      await breakers.put(breaker(1, { held }));
      await breakers.put({ ...breaker(1), journeyId: "j-2" });
      expect(await breakers.hold("j")).toEqual(held);
    });
  });

  describe("a turn to send", () => {
    const after = (milliseconds: number) => fromMilliseconds(toMilliseconds(NOW) + milliseconds);

    test("is now where no message waits; the next turns follow at the send rate", async () => {
      const turns = (await make()).pace(4);
      expect([await turns.turn("email"), await turns.turn("email"), await turns.turn("email")]).toEqual([
        NOW,
        after(250),
        after(500),
      ]);
    });

    test("is the next free one while messages wait, and now after a pause", async () => {
      const world = await make();
      const turns = world.pace(4);
      await turns.turn("email");
      await turns.turn("email");
      world.setClock(after(300));
      expect(await turns.turn("email")).toBe(after(500));
      world.setClock(after(750));
      expect(await turns.turn("email")).toBe(after(750));
      world.setClock(LATER);
      expect([await turns.turn("email"), await turns.turn("email")]).toEqual([
        LATER,
        fromMilliseconds(toMilliseconds(LATER) + 250),
      ]);
    });

    test("is never earlier than the queue, even for a clock that is late", async () => {
      const world = await make();
      const turns = world.pace(4);
      await turns.turn("email");
      world.setClock(EARLIER);
      expect(await turns.turn("email")).toBe(after(250));
    });

    test("is a different one for each of eight simultaneous callers", async () => {
      const turns = (await make()).pace(4);
      const all = await Promise.all(Array.from({ length: 8 }, () => turns.turn("email")));
      expect(all.sort()).toEqual(Array.from({ length: 8 }, (_, n) => after(n * 250)));
    });
  });
}
