/**
 * The reasons that the system itself gives: why a customer did not enter, a message was skipped or waits, an enrollment
 * was exited or failed. They are stored and counted under these codes, so a code never changes. `reason-text.ts` has a
 * text for each.
 *
 * Two kinds of reason are not among them, because others name them: an exit rule's id, and the name of an error.
 */

export type NotEntered =
  | "duplicate-event"
  | "where-false"
  | "audience-false"
  | "not-active"
  | "entry-limit"
  | "unsubscribed"
  | "exit-holds"
  /** A chain of events and changes that no customer's doing interrupts came back too often. */
  | "automatic-loop";

export type SkipReason =
  | "no-address"
  | "bad-address"
  /** Mail to the address bounced for good. */
  | "bounced"
  | "complained"
  | "unsubscribed"
  | "topic-unsubscribed"
  | "unknown-template"
  /** The template did more work than allowed for this customer's data. */
  | "not-renderable";

export type LimitReason = "frequency-cap" | "quiet-hours";

/** Of a message that is not sent now: it waits, or is skipped at last. */
export type HoldReason = LimitReason | "held";

export type WaitReason = HoldReason | "send-rate";

export type ExitReason = LimitReason | "if-past" | "journey-stopped" | "customer-deleted";

export type FailReason = "unknown-component" | "endless-loop" | "stuck";

/** Of a message that was claimed. A mail service that refuses a message gives the name of its error instead. */
export type SendReason = "send-unknown" | "too-large";

export type ReasonCode = NotEntered | SkipReason | WaitReason | ExitReason | FailReason | SendReason;

/** How an enrollment ends. */
export type Ending =
  | { readonly status: "completed" }
  | { readonly status: "exited"; readonly reason: ExitReason }
  /** The id of the exit rule that was met. */
  | { readonly status: "exited"; readonly rule: string }
  | { readonly status: "failed"; readonly reason: FailReason }
  /** The name of the error for which the execution gave up. */
  | { readonly status: "failed"; readonly error: string };

/** The text under which an ending is stored and counted. */
export function reasonOf(ending: Ending): string | undefined {
  if ("reason" in ending) return ending.reason;
  if ("rule" in ending) return ending.rule;
  return "error" in ending ? ending.error : undefined;
}
