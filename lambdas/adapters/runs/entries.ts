/** The queue of the customers who may enter by an audience run. The messages of this queue hold ids only. */
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Entries } from "../../app/run-ports.ts";
import { runDelivery } from "../../domain/schedule/run-delivery.ts";
import { answered, ServiceError } from "../services/errors.ts";
import { retried } from "../services/time-outs.ts";

const client = new SQSClient(retried);

/** The most messages of one request to SQS. */
const BATCH = 10;
const AT_ONCE = 8;

export function entries(QueueUrl: string): Entries {
  async function send(bodies: readonly string[]): Promise<void> {
    const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    const { Failed = [] } = await answered("SQS", client.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
    if (Failed.length > 0) throw new ServiceError("SQS", new Error(Failed[0]?.Code));
  }

  return {
    async add({ journeyId, runId }, customerIds) {
      const bodies = customerIds.map((customerId) => runDelivery({ journeyId, runId, customerId }));
      for (let start = 0; start < bodies.length; start += BATCH * AT_ONCE) {
        const batches = Array.from({ length: AT_ONCE }, (_, index) => start + index * BATCH)
          .map((first) => bodies.slice(first, Math.min(first + BATCH, start + BATCH * AT_ONCE)))
          .filter((batch) => batch.length > 0);
        await Promise.all(batches.map(send));
      }
    },
  };
}
