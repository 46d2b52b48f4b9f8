/**
 * Reads, replays and deletes the messages in the dead-letter queues. SQS's own redrive is not used: it moves only
 * messages that a queue has put there, and most of these come from a function or from the bus.
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

export type Action = "list" | "replay" | "drop";

const queues = [
  { name: "events", from: "EventsDeadLetterQueueUrl", to: "EventsQueueUrl" },
  { name: "statuses", from: "StatusesDeadLetterQueueUrl", to: "StatusesQueueUrl" },
] as const;

/** A received message is hidden from other readers for this time, and reappears if the command dies. */
const HIDDEN_SECONDS = 120;

const LEAST = 10;

/** Performs the action on the messages with these ids, or on all when there are no ids, and yields each one afterwards. */
export async function* deadLetters(
  ids: ReadonlySet<string>,
  action: Action,
  stack: DeployedStack,
): AsyncGenerator<DeadLetter> {
  for (const { name, from, to } of queues) {
    const queue = stack.output(from);
    const left: Message[] = [];
    try {
      for await (const message of received(queue, left, stack)) {
        const letter = deadLetterOf(name, read(message));
        const wanted = ids.size === 0 || ids.has(letter.messageId);
        if (action === "list" || !wanted) left.push(message);
        else await actions[action](message, { queue, source: stack.output(to) }, stack);
        if (wanted) yield letter;
      }
    } finally {
      await putBack(left, queue, stack);
    }
  }
}

type Perform = (message: Message, at: { queue: string; source: string }, stack: DeployedStack) => Promise<void>;

const drop: Perform = async ({ ReceiptHandle }, { queue }, { queues }) => {
  await queues.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
};

const actions: Record<Exclude<Action, "list">, Perform> = {
  drop,
  /** Sends before it deletes: a crash in between may duplicate a message, but never loses it. */
  async replay(message, at, stack) {
    await stack.queues.send(new SendMessageCommand({ QueueUrl: at.source, MessageBody: message.Body }));
    await drop(message, at, stack);
  },
};

/**
 * The messages that were in the queue at the start, without those that arrive later: a replayed message may fail again
 * at once. Later messages are recognized by their sent time and, because clocks differ, by the number of messages at
 * the start. SQS's number is approximate, so a few later messages may be included.
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
