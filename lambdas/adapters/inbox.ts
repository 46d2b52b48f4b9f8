/** Sends a delivery to the function's own queue again, delayed, so that the function re-checks it. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Inbox } from "../app/ports.ts";

const client = new SQSClient();

export function inbox(queueUrl: string): Inbox {
  return {
    async requeue(delivery, seconds) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: delivery, DelaySeconds: seconds }));
    },
  };
}
