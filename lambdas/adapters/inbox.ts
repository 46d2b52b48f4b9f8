/** Sends a delivery to the function's own queue again, delayed, so that the function re-checks it. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Inbox } from "../app/ports.ts";
import { runDeliveryIn } from "../domain/schedule/run-delivery.ts";
import { answered } from "./services/errors.ts";
import { retried } from "./services/time-outs.ts";

const client = new SQSClient(retried);

/** A customer of an audience run goes back to the queue of the runs, so that no event waits behind it. */
export function inbox(eventsUrl: string, entriesUrl: string): Inbox {
  return {
    async requeue(delivery, seconds) {
      const QueueUrl = runDeliveryIn(delivery) ? entriesUrl : eventsUrl;
      const message = new SendMessageCommand({ QueueUrl, MessageBody: delivery, DelaySeconds: seconds });
      await answered("SQS", client.send(message));
    },
  };
}
