/** Sends a delivery to the function's own queue again, delayed, so that the function re-checks it. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Inbox } from "../app/ports.ts";
import { answered } from "./services/errors.ts";
import { retried } from "./services/time-outs.ts";

const client = new SQSClient(retried);

export function inbox(queueUrl: string): Inbox {
  return {
    async requeue(delivery, seconds) {
      const message = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: delivery, DelaySeconds: seconds });
      await answered("SQS", client.send(message));
    },
  };
}
