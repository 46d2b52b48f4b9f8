/** `redrive`: dead letters are listed, replayed and dropped. */
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import type { Item } from "../../../stack/deployed/stack.ts";
import { until } from "../waiting.ts";
import { json, run, waits } from "./shop.ts";

export function describeRedrive(): void {
  describe("redrive", () => {
    const dead = (MessageBody: string, reason?: string) =>
      run.stack.queues.send(
        new SendMessageCommand({
          QueueUrl: run.stack.output("EventsDeadLetterQueueUrl"),
          MessageBody,
          ...(reason && { MessageAttributes: { reason: { DataType: "String", StringValue: reason } } }),
        }),
      );
    const delivery = (customerId: string) =>
      JSON.stringify({
        id: `delivery-${customerId}`,
        source: "shop",
        "detail-type": "checkout.started",
        time: new Date().toISOString(),
        detail: { customerId, data: { total: 59 }, customer: { email: `${customerId}@mail.example`, country: "DE" } },
      });
    const letters = async () => (await json("redrive", "--list")).answer.letters as Item[];

    test("lists with reasons, replays so that the customer enters, drops only with --yes", async () => {
      await dead(delivery("fay"));
      await dead("{}", "detail.customerId: missing-member: Add it.");
      const listed = await until("both letters", async () => {
        const found = await letters();
        return found.length === 2 && found;
      });
      const failed = listed.find(({ what }) => what === "checkout.started");
      const rejected = listed.find(({ what }) => what === "?");
      expect(failed).toMatchObject({ queue: "events", customerId: "fay", rejected: false });
      expect(rejected).toMatchObject({ reason: "detail.customerId: missing-member: Add it.", rejected: true });

      const refused = await run.journeys("redrive", "--drop");
      expect([refused.exitCode, (await letters()).length]).toEqual([2, 2]);

      const replayed = await json("redrive", String(failed?.messageId));
      expect([replayed.exitCode, replayed.answer.letters.length]).toEqual([0, 1]);
      await waits("fay");
      expect((await letters()).map(({ messageId }) => messageId)).toEqual([rejected?.messageId]);

      const dropped = await json("redrive", "--drop", "--yes");
      expect([dropped.exitCode, dropped.answer.letters.length, await letters()]).toEqual([0, 1, []]);
      expect((await run.journeys("redrive", "gone")).exitCode).toBe(1);
    });

    test("a poison event that is replayed comes back with its reason, and the replay ends", async () => {
      await run.stack.publish("checkout.started", { customer: "nobody" });
      await until("the letter", async () => (await letters()).length === 1);
      expect((await json("redrive")).answer.letters).toHaveLength(1);
      const back = await until("it to come back", async () => {
        const [first] = await letters();
        return first;
      });
      expect(back).toMatchObject({ rejected: true, reason: expect.stringContaining("customerId") });
    });
  });
}
