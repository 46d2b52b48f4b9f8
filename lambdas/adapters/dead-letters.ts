/** Puts a delivery that can never succeed into the dead-letter queue, with the reason. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { DeadLetters } from "../app/ports.ts";
import { answered } from "./services/errors.ts";
import { retried } from "./services/time-outs.ts";

const client = new SQSClient(retried);

/** The reason is cut to this many characters, because attributes count toward the limited size of a message. */
const MOST_REASON = 2_000;

export function deadLetters(queueUrl: string): DeadLetters {
  return {
    async put(delivery, problems) {
      const reason = problems.map(({ path, code, message }) => `${path}: ${code}: ${message}`).join("\n");
      const message = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: delivery,
        MessageAttributes: { reason: { DataType: "String", StringValue: reason.slice(0, MOST_REASON) } },
      });
      await answered("SQS", client.send(message));
    },
  };
}
