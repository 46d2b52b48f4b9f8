/** `stats`: counters, logs of one version, and the table for people. */
import { describe, expect, test } from "vitest";
import { json, run } from "./shop.ts";

export function describeStats(): void {
  describe("stats", () => {
    test("counts who came in, where they went, messages and goals", async () => {
      const { exitCode, answer } = await json("stats", "cart");
      expect(exitCode).toBe(0);
      expect(answer).toMatchObject({
        journeyId: "cart",
        version: 1,
        status: "active",
        entered: 2,
        active: 0,
        completed: 1,
        exited: { total: 1, reasons: { bought: 1 } },
        failed: { total: 0 },
        goals: [{ goalId: "sale", reached: 1, conversion: 0.5 }],
      });
      expect(answer.components).toMatchObject([
        { componentId: "remind", entered: 2, here: 0, left: { done: 2 } },
        { componentId: "was-read", entered: 2, here: 0, left: { met: 1, notMet: 0, exited: 1 } },
        { componentId: "engaged", entered: 1, left: { done: 1 } },
        { componentId: "cold", entered: 0 },
      ]);
      expect(answer.messages).toMatchObject([{ componentId: "remind", sent: 2, statuses: { read: 1 } }]);
    });

    test("of one version are counted from the logs, and say how long a goal took", async () => {
      const { answer } = await json("stats", "cart", "--version", "1");
      expect(answer).toMatchObject({ version: 1, entered: 2, completed: 1, goals: [{ goalId: "sale", reached: 1 }] });
      expect(answer.goals[0].medianSeconds).toBeGreaterThan(0);
      const { exitCode, err } = await run.journeys("stats", "cart", "--version", "7");
      expect([exitCode, err]).toEqual([2, 'The journey "cart" has no version 7. The newest is 1.\n']);
    });

    test("for people are a table without colour where nobody sees it", async () => {
      const { out } = await run.journeys("stats", "cart");
      expect(out).toContain("2 entered: 0 inside, 1 completed, 1 exited (bought 1), 0 failed.");
      expect(out).toMatch(/was-read +Message status rule +2 +0 +met 1, notMet 0, exited 1/);
      expect(out).not.toContain("\u001b");
    });
  });
}
