/**
 * The dead-letter queues of a stack. Not by SQS's own redrive, which moves only what a queue has put there: most
 * letters were put there by a function or by the bus.
 */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import type { DeployedStack } from "../deployed/stack.ts";
import { type DeadLetter, deadLetterOf } from "./dead-letter.ts";

export type Deed = "list" | "replay" | "drop";

const queues = [
  { name: "events", from: "EventsDeadLetterQueueUrl", to: "EventsQueueUrl" },
  { name: "statuses", from: "StatusesDeadLetterQueueUrl", to: "StatusesQueueUrl" },
] as const;

/** So long nobody else sees what is being looked at; if we die, it is there again after that. */
const HIDDEN_SECONDS = 120;

const LEAST = 10;

/** Does the deed to those that are named, or to all when none is, and tells each when it is done. */
export async function* deadLetters(
  ids: ReadonlySet<string>,
  deed: Deed,
  stack: DeployedStack,
): AsyncGenerator<DeadLetter> {
  for (const { name, from, to } of queues) {
    const queue = stack.output(from);
    const left: Message[] = [];
    try {
      for await (const message of received(queue, left, stack)) {
        const letter = deadLetterOf(name, read(message));
        const meant = ids.size === 0 || ids.has(letter.messageId);
        if (deed === "list" || !meant) left.push(message);
        else await deeds[deed](message, { queue, source: stack.output(to) }, stack);
        if (meant) yield letter;
      }
    } finally {
      await putBack(left, queue, stack);
    }
  }
}

type Do = (message: Message, at: { queue: string; source: string }, stack: DeployedStack) => Promise<void>;

const drop: Do = async ({ ReceiptHandle }, { queue }, { queues }) => {
  await queues.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
};

const deeds: Record<Exclude<Deed, "list">, Do> = {
  drop,
  /** Sent before it is deleted: twice at worst, never lost. */
  async replay(message, at, stack) {
    await stack.queues.send(new SendMessageCommand({ QueueUrl: at.source, MessageBody: message.Body }));
    await drop(message, at, stack);
  },
};

/**
 * What lay there at first, and not what comes in behind: a replayed message may fail again at once. That is told by the
 * time it was sent and, as clocks differ, by the number: SQS's is approximate, so that a few more may be taken.
 */
async function* received(queue: string, left: Message[], { queues }: DeployedStack): AsyncGenerator<Message> {
  const startedAt = Date.now();
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  const known = new Set<string>();
  let most = Math.max(LEAST, Number(Attributes?.ApproximateNumberOfMessages ?? 0));
  while (most > 0) {
    const { Messages = [] } = await queues.send(
      new ReceiveMessageCommand({
        QueueUrl: queue,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    if (Messages.length === 0) return;
    for (const message of Messages) {
      most--;
      const id = message.MessageId ?? "";
      if (known.has(id)) continue;
      known.add(id);
      if (Number(message.Attributes?.SentTimestamp ?? 0) > startedAt) left.push(message);
      else yield message;
    }
  }
}

function read({ MessageId = "", Body = "", MessageAttributes = {}, Attributes }: Message) {
  const sent = Number(Attributes?.SentTimestamp);
  return {
    messageId: MessageId,
    body: Body,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue = "" }]) => [name, StringValue]),
    ),
    sentAt: Number.isFinite(sent) ? new Date(sent).toISOString() : undefined,
  };
}

async function putBack(messages: readonly Message[], queue: string, { queues }: DeployedStack): Promise<void> {
  for (let start = 0; start < messages.length; start += 10)
    await queues.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queue,
        Entries: messages
          .slice(start, start + 10)
          .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 })),
      }),
    );
}
