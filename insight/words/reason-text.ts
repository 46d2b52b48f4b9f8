/** Reasons in words: why a customer did not enter, why a message was skipped or waits, why an enrollment ended. */

const texts: Readonly<Record<string, string>> = {
  "duplicate-event": "this event was handled before",
  "where-false": "the trigger's condition does not hold",
  "audience-false": "not in the audience",
  "not-active": "the journey is not active",
  "entry-limit": "entered as often as allowed",
  unsubscribed: "unsubscribed",
  "exit-holds": "an exit rule holds already",
  "no-address": "no email address",
  "bad-address": "the email address is none",
  bounced: "mail to this address bounced for good",
  complained: "complained of a mail",
  "topic-unsubscribed": "unsubscribed from this topic",
  "frequency-cap": "written to as often as the cap allows",
  "quiet-hours": "quiet hours",
  held: "marketing of this journey is held, because of bounces or complaints",
  "send-rate": "its turn to be sent",
  "journey-stopped": "the journey was stopped",
  "customer-deleted": "the customer was deleted",
};

/** A reason of the system in words. The id of an admin's exit rule stays as it is. */
export function reasonText(reason: string): string {
  return Object.hasOwn(texts, reason) ? (texts[reason] ?? reason) : reason;
}
