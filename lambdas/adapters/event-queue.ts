/** Puts events into the queue of events, without the bus. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { EventQueue } from "../app/ports.ts";
import { answered } from "./services/errors.ts";
import { retried } from "./services/time-outs.ts";

const client = new SQSClient(retried);

export function eventQueue(QueueUrl: string): EventQueue {
  return {
    async put(delivery) {
      await answered("SQS", client.send(new SendMessageCommand({ QueueUrl, MessageBody: delivery })));
    },
  };
}
