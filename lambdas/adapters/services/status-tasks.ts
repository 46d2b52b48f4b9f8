/** The queue of the work that a saved journey causes for the customers inside. */
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import type { StatusTasks } from "../../app/ports.ts";
import { parts } from "../../domain/enrollment/part.ts";
import { FIRST_SECONDS, type StatusTask } from "../../domain/journey/status-work.ts";
import { answered, ServiceError } from "./errors.ts";
import { retried } from "./time-outs.ts";

const client = new SQSClient(retried);

const schema = z.object({
  journeyId: z.string(),
  work: z.enum(["stop", "release", "recheck"]),
  since: z.string(),
  part: z.optional(z.int()),
  rules: z.optional(z.array(z.string())),
  after: z.optional(z.object({ customerId: z.string(), enrollmentId: z.string(), dueAt: z.string() })),
});

export const statusTaskOf = (body: string): StatusTask => z.parse(schema, JSON.parse(body));

export function statusTasks(QueueUrl: string): StatusTasks {
  return {
    async begin(journeyId, work, since, rules) {
      const Entries = parts.map((part) => ({
        Id: String(part),
        MessageBody: JSON.stringify({ journeyId, work, since, part, rules } satisfies StatusTask),
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
