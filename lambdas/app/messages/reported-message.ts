/** A message with a report added to it. */
import type { Message } from "../../domain/enrollment/enrollment.ts";
import { hasStatus, withStatus } from "../../domain/messages/message-status.ts";
import type { Report } from "../sending-ports.ts";

export function withReported(message: Message, { status, time, reason }: Report): Message {
  const statuses = withStatus(message.statuses, status, time);
  return proven({ ...message, statuses, ...(reason !== undefined && { state: "failed", reason }) });
}

const unproven: ReadonlySet<Message["state"]> = new Set(["claimed", "requested", "unknown"]);

/** A report proves that the service has sent the message, also when the system had given the message up. */
function proven(message: Message): Message {
  const { statuses, state } = message;
  const left = (["sent", "bounced", "complained"] as const).some((status) => hasStatus(statuses, status));
  return left && unproven.has(state) ? { ...message, state: "sent" } : message;
}
