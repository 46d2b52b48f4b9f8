/** The queue of the work that a new status of a journey means for the customers inside. */
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import type { StatusTasks } from "../../app/ports.ts";
import { parts } from "../../domain/enrollment/part.ts";
import type { StatusTask } from "../../domain/journey/status-work.ts";
import { answered, ServiceError } from "./errors.ts";
import { retried } from "./time-outs.ts";

const client = new SQSClient(retried);

/** Functions may use a view of the journey that is five seconds old, and would park a released customer again. */
const FIRST_SECONDS = { stop: 0, release: 6 };

const schema = z.object({
  journeyId: z.string(),
  work: z.enum(["stop", "release"]),
  since: z.string(),
  part: z.optional(z.int()),
});

export const statusTaskOf = (body: string): StatusTask => z.parse(schema, JSON.parse(body));

export function statusTasks(QueueUrl: string): StatusTasks {
  return {
    async begin(journeyId, work, since) {
      const Entries = parts.map((part) => ({
        Id: String(part),
        MessageBody: JSON.stringify({ journeyId, work, since, part } satisfies StatusTask),
        DelaySeconds: FIRST_SECONDS[work],
      }));
      const { Failed = [] } = await answered("SQS", client.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
      // The stream delivers the save again, and the tasks that were added twice do no harm.
      if (Failed.length > 0) throw new ServiceError("SQS", new Error(Failed[0]?.Code));
    },

    async add(task, seconds) {
      const message = { QueueUrl, MessageBody: JSON.stringify(task), DelaySeconds: seconds };
      await answered("SQS", client.send(new SendMessageCommand(message)));
    },
  };
}
