/** The ports that only messages from customers need. */
import type { AnswerPorts } from "../../app/messages/receive-message.ts";
import { eventQueue } from "../event-queue.ts";
import { secretOf } from "../secret.ts";

export async function receiving(keyArn: string, queueUrl: string): Promise<AnswerPorts> {
  return { addressKey: await secretOf(keyArn), events: eventQueue(queueUrl) };
}
