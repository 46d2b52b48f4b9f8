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
        MessageAttributes: { reason: { DataType: "String", StringValue: permitted(reason.slice(0, MOST_REASON)) } },
      });
      await answered("SQS", client.send(message));
    },
  };
}

/** SQS refuses control characters, half surrogate pairs and U+FFFE and U+FFFF. A reason may quote names that have them. */
function permitted(text: string): string {
  return text.toWellFormed().replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, "\ufffd");
}
