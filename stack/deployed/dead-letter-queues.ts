/** The dead-letter queues on SQS. */

import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { OutputName } from "../../lambdas/adapters/stack-outputs.ts";
import type { DeadLetterQueue, ReceivedLetter } from "../dead-letter-queue.ts";

const queues = [
  { name: "events", from: "EventsDeadLetterQueueUrl", to: "EventsQueueUrl" },
  { name: "statuses", from: "StatusesDeadLetterQueueUrl", to: "StatusesQueueUrl" },
  { name: "status tasks", from: "StatusTasksDeadLetterQueueUrl", to: "StatusTasksQueueUrl" },
  { name: "audience runs", from: "EntriesDeadLetterQueueUrl", to: "EntriesQueueUrl" },
] as const;

/** How long received messages stay hidden from other readers. If the command dies, they become visible after this time. */
const HIDDEN_SECONDS = 120;

interface Named {
  readonly queues: SQSClient;
  output(name: OutputName): string;
}

export function sqsDeadLetterQueues(stack: Named): DeadLetterQueue[] {
  return queues.map(({ name, from, to }) => queueOn(stack.queues, name, stack.output(from), stack.output(to)));
}

function queueOn(client: SQSClient, name: string, QueueUrl: string, source: string): DeadLetterQueue {
  return {
    name,

    async size() {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
      );
      return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    },

    async receive() {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: HIDDEN_SECONDS,
          WaitTimeSeconds: 1,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["SentTimestamp"],
        }),
      );
      return Messages.map(read);
    },

    async resend({ body }) {
      await client.send(new SendMessageCommand({ QueueUrl: source, MessageBody: body }));
    },

    async delete({ receipt }) {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }));
    },

    async putBack(letters) {
      for (let start = 0; start < letters.length; start += 10)
        await client.send(
          new ChangeMessageVisibilityBatchCommand({
            QueueUrl,
            Entries: letters
              .slice(start, start + 10)
              .map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt, VisibilityTimeout: 0 })),
          }),
        );
    },
  };
}

function read({ MessageId = "", Body = "", ReceiptHandle = "", MessageAttributes = {}, Attributes }: Message) {
  const sent = Number(Attributes?.SentTimestamp);
  return {
    messageId: MessageId,
    body: Body,
    receipt: ReceiptHandle,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = "" }]) => [name, StringValue]),
    ),
    sentAt: Number.isFinite(sent) ? new Date(sent).toISOString() : undefined,
  } satisfies ReceivedLetter;
}
