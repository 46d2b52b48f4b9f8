/**
 * The ports that sending needs: the service of each channel, the ids that services give to messages, and the rates of
 * channels.
 */
import type { PacedChannel } from "../domain/messages/channel-traits.ts";
import type { Status } from "../domain/messages/message-status.ts";
import type { Time } from "../domain/time/time.ts";
import type { OutgoingMessage } from "../domain/walk/outcome.ts";
import type { EnrollmentRef } from "./store.ts";

/** The enrollment and component of a message, sent with it so that each report finds its enrollment. */
export interface Claim extends EnrollmentRef {
  readonly journeyId: string;
  readonly componentId: string;
  readonly messageId: string;
}

/** `reason`: a reason of the system, or the name of the service's error. */
export type SendResult =
  | {
      readonly sent: true;
      /** The id under which the service knows the message, when its reports or answers carry nothing else. */
      readonly serviceId?: string | undefined;
      /** Reports that came before the stack knew this id. */
      readonly early?: readonly Report[];
    }
  | { readonly sent: false; readonly reason: string };

export interface Mail {
  /**
   * Hands a message to the mail service, at most once per call. A permanent refusal is a result.
   * @throws ThrottledError when the service certainly did not take the message and the call may be repeated.
   */
  send(message: OutgoingMessage, claim: Claim): Promise<SendResult>;
}

/** Text messages. This port keeps the same promises as `Mail`. */
export type Sms = Mail;

/** Messages by WhatsApp. This port keeps the same promises as `Mail`. */
export type Whatsapp = Mail;

/** The report of a service about a message. */
export interface Report {
  readonly status: Status;
  readonly time: Time;
  /** Why the message failed. */
  readonly reason?: string;
}

/** The message that a service's id stands for. */
export interface SentMessage {
  readonly customerId: string;
  readonly messageId: string;
  readonly addressHash?: string;
}

/**
 * Stores which message an id of a service stands for. Each id is stored for as long as reports may come, and answers may
 * name it. A report may
 * come before its id is stored: then the report is stored, and the call that stores the id gets the report.
 */
export interface SentIds {
  /** Stores the message of an id. The answer is the reports that came before. */
  note(serviceId: string, message: SentMessage): Promise<readonly Report[]>;
  /**
   * The message of an id, with the reports that came before the id was stored. When the id is not stored, the answer is
   * `undefined` and the report, if given, is stored; of several reports with the same status, only the earliest stays.
   */
  find(serviceId: string, report?: Report): Promise<(SentMessage & { readonly early: readonly Report[] }) | undefined>;
}

export interface SendRate {
  /** Takes a channel's next free turn: when one more message may be sent. `undefined`: the channel has no rate. */
  turn(channel: PacedChannel): Promise<Time | undefined>;
}
