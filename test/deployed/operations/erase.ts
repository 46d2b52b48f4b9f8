/**
 * `journeys erase`: the data that stays in the stack, and the items of other customers that still name the erased
 * customer.
 */
import { describe, expect, test } from "vitest";
import { until } from "../waiting.ts";
import { checkout, json, run } from "./shop.ts";

export function describeErase(): void {
  describe("erase", () => {
    test("needs --yes, and without it changes nothing", async () => {
      const before = await run.stack.customer("ben");
      const { exitCode, err } = await run.journeys("erase", "ben");
      expect([exitCode, err]).toEqual([2, expect.stringContaining("--yes")]);
      expect(await run.stack.customer("ben")).toEqual(before);
    });

    test("leaves a tombstone and nothing else in any table, and counters that still hold", async () => {
      const { exitCode, answer } = await json("erase", "ben", "--yes", "--everywhere");
      expect([exitCode, answer.left]).toEqual([0, []]);
      expect(answer.found).toBeGreaterThan(3);
      expect(await run.stack.customer("ben")).toEqual([expect.objectContaining({ sk: "profile", attributes: {} })]);
      expect((await json("recount", "cart")).answer).toMatchObject({ differences: [] });
    });

    test("finds where somebody else's items name the customer: exit code 1", async () => {
      await checkout("gus", 5);
      await run.stack.publish("invited", { customerId: "hal", id: "invited-hal", data: { by: "gus" } });
      await until(
        "both",
        async () => (await run.stack.customer("hal")).length > 0 && (await run.stack.customer("gus")).length > 1,
      );
      const { exitCode, answer } = await json("erase", "gus", "--yes", "--everywhere");
      expect([exitCode, answer.left]).toEqual([1, [{ table: "customers", key: "hal event#invited-hal" }]]);
    });
  });
}
