/** The queue that a function's deliveries come from: what must be handled once more goes to its end, delayed. */
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
