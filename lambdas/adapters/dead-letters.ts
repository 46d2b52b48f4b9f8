/** The dead-letter queue, for deliveries that will never succeed. The reason goes along. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { DeadLetters } from "../app/ports.ts";

const client = new SQSClient();

/** Attribute values are counted in the message's size, which is limited. */
const MOST_REASON = 2_000;

export function deadLetters(queueUrl: string): DeadLetters {
  return {
    async put(delivery, problems) {
      const reason = problems.map(({ path, code, message }) => `${path}: ${code}: ${message}`).join("\n");
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: delivery,
          MessageAttributes: { reason: { DataType: "String", StringValue: reason.slice(0, MOST_REASON) } },
        }),
      );
    },
  };
}
