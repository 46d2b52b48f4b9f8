/** A replay of dead letters that dies in the middle. */
import { GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { deadLetters } from "../../../stack/redrive/queues.ts";
import { run, waits } from "./shop.ts";

export function testReplayThatDies(): void {
  /** Last, because the letter stays hidden for two minutes, and then shows again. */
  test("a replay that dies between sending and deleting has lost nothing", async () => {
    const { queues } = run.stack;
    const QueueUrl = run.stack.output("EventsDeadLetterQueueUrl");
    const detail = { customerId: "joe", data: { total: 59 }, customer: { email: "joe@mail.example", country: "DE" } };
    const time = new Date().toISOString();
    const MessageBody = JSON.stringify({
      id: "d-joe",
      source: "shop",
      "detail-type": "checkout.started",
      time,
      detail,
    });
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    queues.middlewareStack.add(
      (next, { commandName }) =>
        commandName === "DeleteMessageCommand" ? () => Promise.reject(new Error("Died.")) : next,
      { step: "initialize", name: "dying" },
    );
    await expect(Array.fromAsync(deadLetters(new Set(), "replay", run.stack))).rejects.toThrow("Died.");
    queues.middlewareStack.remove("dying");
    await waits("joe");
    const { Attributes } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessagesNotVisible"] }),
    );
    expect(Attributes?.ApproximateNumberOfMessagesNotVisible).toBe("1");
  });
}
