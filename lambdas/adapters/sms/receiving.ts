/** Handles messages from customers. */
import { type InboundMessage, receiveMessage } from "../../app/messages/receive-message.ts";
import type { ReportPorts } from "../../app/messages/record-message-status.ts";
import { eventQueue } from "../event-queue.ts";
import { UNKNOWN_NUMBER } from "../log-lines.ts";
import { logger } from "../observed.ts";
import { secretOf } from "../secret.ts";

export async function receiving(
  keyArn: string,
  queueUrl: string,
  ports: ReportPorts,
): Promise<(message: InboundMessage) => Promise<void>> {
  const all = { ...ports, addressKey: await secretOf(keyArn), events: eventQueue(queueUrl) };
  return async (message) => {
    // The line names neither the number nor the text.
    if ((await receiveMessage(message, all)) === "unknown-number")
      logger.warn(UNKNOWN_NUMBER, { channel: message.channel });
  };
}
