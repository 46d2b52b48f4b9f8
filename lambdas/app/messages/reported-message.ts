/** A message with a report added to it. */
import type { Message } from "../../domain/enrollment/enrollment.ts";
import { hasStatus, withStatus } from "../../domain/messages/message-status.ts";
import type { Report } from "../ports.ts";

export function withReported(message: Message, { status, time, reason }: Report): Message {
  const reported = { ...message, statuses: withStatus(message.statuses, status, time) };
  return proven(reason === undefined ? reported : { ...reported, state: "failed", reason });
}

const unproven: ReadonlySet<Message["state"]> = new Set(["claimed", "requested", "unknown"]);

/** A report proves that the service has sent the message, also when the system had given the message up. */
function proven(message: Message): Message {
  const left =
    hasStatus(message.statuses, "sent") ||
    message.statuses.bounced !== undefined ||
    message.statuses.complained !== undefined;
  return left && unproven.has(message.state) ? { ...message, state: "sent" } : message;
}
