/** The text of each reason code, for people. */
import { currentReason, type ReasonCode } from "./reason.ts";

export const reasonTexts: Record<ReasonCode, string> = {
  "duplicate-event": "this event was handled before",
  "where-false": "the trigger's condition does not hold",
  "audience-false": "not in the audience",
  "not-active": "the journey is not active",
  "entry-limit": "entered as often as allowed",
  unsubscribed: "unsubscribed",
  "exit-holds": "an exit rule holds already",
  "run-cancelled": "the run was cancelled first",
  "automatic-loop": "too many automatic entries, with no action by the customer in between",
  "no-address": "no address for this channel",
  "bad-address": "no valid address, or no number such as +491701234567",
  bounced: "mail to this address bounced for good",
  suppressed: "the address is on the suppression list of the SES account",
  "opted-out": "the owner of the number opted out",
  complained: "complained of a mail",
  "channel-unsubscribed": "unsubscribed from this channel",
  "topic-unsubscribed": "unsubscribed from this topic",
  "unknown-template": "the template does not exist",
  "not-renderable": "the message is too large, needs too much work, or cannot be made from this customer's data",
  "frequency-cap": "written to as often as the cap allows",
  "quiet-hours": "quiet hours",
  "no-timezone": "the customer has no time zone, which the quiet hours of a law need",
  "breaker-open": "the circuit breaker of this journey is open, because of bounces or complaints",
  "daily-quota": "the sending quota of the account is used up",
  "send-rate": "its turn to be sent",
  "send-unknown": "no report says whether it was sent",
  "too-large": "the message is too large for its channel",
  "channel-off": "the stack does not have this channel switched on",
  "outside-window": "more than 24 hours after the newest message from the number",
  "not-on-whatsapp": "WhatsApp cannot deliver to the number",
  "held-by-meta": "Meta limits the marketing messages to this person",
  "template-refused": "Meta does not accept the template",
  "template-values": "Meta does not accept the values of the template's variables",
  "if-past": "the moment to wait for had passed",
  "no-time": "the field to wait for holds no time",
  "journey-stopped": "the journey was stopped",
  "customer-deleted": "the customer was deleted",
  "unknown-component": "the journey has no such component",
  "endless-loop": "a loop without an end",
  stuck: "its execution was lost too often",
};

/** The text of a reason. The id of an exit rule and the name of an error have no text and are returned unchanged. */
export function reasonText(stored: string): string {
  const reason = currentReason(stored);
  return isReasonCode(reason) ? reasonTexts[reason] : reason;
}

function isReasonCode(reason: string): reason is ReasonCode {
  return Object.hasOwn(reasonTexts, reason);
}
