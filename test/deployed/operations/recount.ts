/** `recount`: differences between counters and logs, and their repair. */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { json, run } from "./shop.ts";

export function describeRecount(): void {
  describe("recount", () => {
    test("finds what differs, changes nothing without --repair, and with it puts it right", async () => {
      expect((await json("recount", "cart")).answer).toMatchObject({ differences: [], repaired: false });
      const before = await run.stack.counts("cart");
      await add("cart#3", "journey", "completed", 5);
      await add("cart#0", "message.remind", "sent", -1);
      const { exitCode, answer } = await json("recount", "cart");
      expect(exitCode).toBe(1);
      expect(answer.differences).toEqual([
        { name: "completed", counter: (before.completed ?? 0) + 5, logs: before.completed },
        {
          name: "message.remind.sent",
          counter: (before["message.remind.sent"] ?? 0) - 1,
          logs: before["message.remind.sent"],
        },
      ]);
      expect(await run.stack.counts("cart")).not.toEqual(before);
      const repaired = await run.journeys("recount", "cart", "--repair");
      expect([repaired.exitCode, repaired.out]).toEqual([0, expect.stringContaining("cart: 2 repaired.")]);
      expect(await run.stack.counts("cart")).toEqual(before);
      expect((await run.journeys("recount", "cart")).out).toBe("cart: counters and logs agree.\n");
    });

    const add = (journey: string, scope: string, name: string, amount: number) =>
      run.stack.items.send(
        new UpdateCommand({
          TableName: run.stack.output("CountersTableName"),
          Key: { journey, scope },
          UpdateExpression: "ADD #name :amount",
          ExpressionAttributeNames: { "#name": name },
          ExpressionAttributeValues: { ":amount": amount },
        }),
      );
  });
}
