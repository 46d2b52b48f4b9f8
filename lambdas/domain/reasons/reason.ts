/**
 * The reason codes of the system: why a customer did not enter, why a message was skipped or waits, why an enrollment
 * exited or failed. Items and counters store these codes, so a code never changes. `reason-text.ts` has the texts.
 *
 * Two other kinds of reason are not in these types: the id of an exit rule, and the name of an error.
 */

export const notEnteredReasons = [
  "duplicate-event",
  "where-false",
  "audience-false",
  "not-active",
  "entry-limit",
  "unsubscribed",
  "exit-holds",
  /** Too many automatic steps in a row led to this entry attempt, with no action by the customer in between. */
  "automatic-loop",
] as const;
export type NotEntered = (typeof notEnteredReasons)[number];

export type SkipReason =
  | "no-address"
  | "bad-address"
  /** Mail to the address bounced permanently. */
  | "bounced"
  /** The address is on the suppression list of the SES account. */
  | "suppressed"
  /** The owner of the number opted out of messages to it. */
  | "opted-out"
  | "complained"
  | "unsubscribed"
  | "channel-unsubscribed"
  | "topic-unsubscribed"
  /** The channel takes a plain text only for some time after the newest message from the number. */
  | "outside-window"
  /** The hours in which a law allows messages depend on the customer's own zone, which is not known. */
  | "no-timezone"
  | "unknown-template"
  /** Rendering the template with this customer's data exceeded the allowed work. */
  | "not-renderable";

export type LimitReason = "frequency-cap" | "quiet-hours";

/** Why a message is not sent now. The message waits or is skipped. */
export type HoldReason = LimitReason | "breaker-open";

/** `daily-quota`: SES sends no more today, or the spending limit of text messages is used up. */
export type WaitReason = HoldReason | "send-rate" | "daily-quota";

export type ExitReason = LimitReason | "if-past" | "no-time" | "journey-stopped" | "customer-deleted";

export type FailReason = "unknown-component" | "endless-loop" | "stuck";

/** Why a claimed message was not sent or may not have been sent. When the mail service refuses a message, the reason is its error name. */
export type SendReason =
  | "send-unknown"
  | "too-large"
  | "suppressed"
  | "opted-out"
  | "channel-off"
  | "outside-window"
  /** WhatsApp cannot deliver to the number: it has no WhatsApp, has not accepted its terms, or has an old version of it. */
  | "not-on-whatsapp"
  /** Meta does not deliver this marketing message to this person now, to keep people engaged. */
  | "held-by-meta"
  /** The template is not approved, is paused or blocked, or does not exist in the language. */
  | "template-refused"
  /** The values do not fit the variables of the template: their number, their form or the length of the whole text. */
  | "template-values";

/**
 * Why an audience run refused a customer, beside the reasons of every entry. `no-time`: the field of the date trigger
 * holds no date. `run-cancelled`: a person cancelled the run first.
 */
export type RunReason = "no-time" | "run-cancelled";

export type ReasonCode = NotEntered | RunReason | SkipReason | WaitReason | ExitReason | FailReason | SendReason;

/** How an enrollment ends. */
export type Ending =
  | { readonly status: "completed" }
  | { readonly status: "exited"; readonly reason: ExitReason }
  /** The id of the met exit rule. */
  | { readonly status: "exited"; readonly rule: string }
  | { readonly status: "failed"; readonly reason: FailReason }
  /** The name of the error that ended the execution. */
  | { readonly status: "failed"; readonly error: string };

/** The reason under which an ending is stored and counted. */
export function reasonOf(ending: Ending): string | undefined {
  if ("reason" in ending) return ending.reason;
  if ("rule" in ending) return ending.rule;
  return "error" in ending ? ending.error : undefined;
}

/** Earlier releases stored the reason `breaker-open` as `held`, which is now the status of a journey. */
export function currentReason(stored: string): string {
  return stored === "held" ? ("breaker-open" satisfies HoldReason) : stored;
}
