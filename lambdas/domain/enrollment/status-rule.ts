/**
 * When a `messageStatusRule` ends before its time: the message has the status, or it can no longer reach the status.
 * The rule counts every status since the message was claimed, by the status's own time.
 */
import { type Status, statusTime } from "../messages/message-status.ts";
import type { Time } from "../time/time.ts";
import type { Message } from "./enrollment.ts";

export interface RuleEnd {
  readonly outlet: "met" | "notMet";
  /** The time of the status that ended the rule; absent if the message was never sent. */
  readonly time?: Time | undefined;
}

export function statusRuleEnd(message: Message | undefined, status: Status, until: Time): RuleEnd | undefined {
  if (!message || message.state === "skipped") return { outlet: "notMet" };
  const reached = statusTime(message.statuses, status);
  if (reached !== undefined && reached <= until) return { outlet: "met", time: reached };
  // Only a permanent bounce is reported as `bounced`.
  const { failed, bounced } = message.statuses;
  if (status !== "failed" && (failed !== undefined || message.state === "failed"))
    return { outlet: "notMet", time: failed };
  return status !== "bounced" && bounced !== undefined ? { outlet: "notMet", time: bounced } : undefined;
}
