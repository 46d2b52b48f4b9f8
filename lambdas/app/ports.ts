/**
 * What the use cases need from the world, as interfaces. `lambdas/adapters` gives them AWS, `simulator` gives them
 * memory and a virtual clock; both keep the same promises, conditional failures included.
 */

import type { SystemEvent } from "../domain/announcements.ts";
import type { Breaker, Hold } from "../domain/breaker.ts";
import type { Catalog, LiveJourney } from "../domain/catalog.ts";
import type { TemplateClasses } from "../domain/check-limits.ts";
import type { Counts } from "../domain/counts.ts";
import type { Customer } from "../domain/customer.ts";
import type { Enrollment, Entry } from "../domain/enrollment.ts";
import type { NotEntered } from "../domain/entry.ts";
import type { CustomerEvent } from "../domain/event.ts";
import type { Journey, Sender } from "../domain/journey.ts";
import type { Json } from "../domain/json.ts";
import type { Limits } from "../domain/limits.ts";
import type { OutgoingMessage } from "../domain/outcome.ts";
import type { Problem } from "../domain/problem.ts";
import type { Sends } from "../domain/sends.ts";
import type { Template } from "../domain/template.ts";
import type { Time } from "../domain/time.ts";
import type { UnsubscribeLinks } from "../domain/unsubscribe-link.ts";

export interface Ports {
  readonly clock: Clock;
  readonly store: Store;
  readonly journeys: Journeys;
  readonly templates: Templates;
  readonly executions: Executions;
  readonly mail: Mail;
  readonly bus: Bus;
  readonly breakers: Breakers;
  /** For email, when the mail service's rate is known. */
  readonly pace?: Pace | undefined;
  /** The sender of journeys that name none. */
  readonly sender?: Sender | undefined;
  /** The limits of journeys that name none. */
  readonly limits?: Limits | undefined;
  /** For the unsubscribe links in marketing messages. */
  readonly unsubscribeLinks?: UnsubscribeLinks | undefined;
}

export interface Clock {
  now(): Time;
}

/** Names one enrollment; all that an execution carries. */
export interface EnrollmentRef {
  readonly customerId: string;
  readonly enrollmentId: string;
}

/**
 * Why somebody did not enter, as kept for `why`: one per journey and delivery, the newest. `enrollmentId`: the
 * enrollment that it would have been; of a duplicate event, the one that is.
 */
export interface Reason extends EnrollmentRef {
  readonly journeyId: string;
  /** The version that was live. */
  readonly journeyVersion: number;
  readonly eventId: string;
  readonly deliveryId: string;
  readonly event?: string;
  readonly key?: Json;
  readonly reason: NotEntered;
  /** When that happened which did not let them in. */
  readonly time: Time;
  readonly at: Time;
}

/**
 * One of the writes that are stored together or not at all. Items with a `revision` are stored only when the stored
 * one has the revision before (0 = nothing stored), an event only when none with its id is stored.
 */
export type Change =
  /** `watched`: it may mean something to those inside some journey, so the stream tells of it. */
  | { readonly kind: "event"; readonly event: CustomerEvent; readonly watched: boolean }
  | { readonly kind: "customer"; readonly customer: Customer }
  /** Nothing is written, but everything fails when the customer has another revision by now. */
  | { readonly kind: "unchanged"; readonly customer: Customer }
  | { readonly kind: "sends"; readonly sends: Sends }
  | { readonly kind: "enrollment"; readonly enrollment: Enrollment }
  /** The enrollment of this revision is removed. */
  | { readonly kind: "removal"; readonly enrollment: Enrollment }
  | { readonly kind: "entry"; readonly entry: Entry }
  | { readonly kind: "reason"; readonly reason: Reason }
  /** Added to the journey's counters. `spread` picks the shard; `together`: all of a shard in one item. */
  | {
      readonly kind: "counts";
      readonly journeyId: string;
      readonly counts: Counts;
      readonly spread: string;
      readonly together?: boolean;
    };

/** All that is kept about customers, and the counters. Reads see every write that was done before them. */
export interface Store {
  customer(customerId: string): Promise<Customer>;
  /** When the customer was last written to. */
  sends(customerId: string): Promise<Sends>;
  enrollment(ref: EnrollmentRef): Promise<Enrollment | undefined>;
  enrollments(customerId: string): Promise<readonly Enrollment[]>;
  entry(customerId: string, journeyId: string, key: Json | undefined): Promise<Entry | undefined>;
  /** The event with this id, whenever it happened. */
  event(customerId: string, eventId: string): Promise<CustomerEvent | undefined>;
  /** The customer's events of a name that happened after a moment, in order of time. */
  events(customerId: string, name: string, after: Time): Promise<readonly CustomerEvent[]>;
  /** @throws ConflictError when somebody else was faster; then nothing is stored. */
  commit(changes: readonly Change[]): Promise<void>;
  /**
   * Removes what happened to the customer until a moment: events, reasons, and entries to which no later enrollment
   * belongs. The customer and their enrollments are changed by commits.
   */
  erase(customerId: string, until: Time): Promise<void>;
  /** Everyone inside a journey. */
  inside(journeyId: string): AsyncIterable<EnrollmentRef>;
  /** Everyone whose next step was due before a moment. */
  overdue(before: Time): AsyncIterable<EnrollmentRef>;
}

export interface Publication {
  readonly state: "published" | "rejected" | "draft";
  readonly version: number;
  readonly at: Time;
  readonly problems: readonly Problem[];
}

export interface Journeys {
  /** The journeys that listen, looked up by what they listen to. May be some seconds old. */
  catalog(): Promise<Catalog>;
  live(journeyId: string): Promise<LiveJourney | undefined>;
  /** The journeys that were stopped after a moment and are stopped now. */
  stoppedSince(moment: Time): Promise<readonly string[]>;
  version(journeyId: string, version: number): Promise<Journey | undefined>;
  /** The newest frozen version's number and content, straight from the table. */
  newest(journeyId: string): Promise<{ version: number; journey: Journey } | undefined>;
  /** Stores a numbered version, once and for ever. @throws ConflictError when the number is taken. */
  freeze(journey: Journey, version: number): Promise<void>;
  /** Makes a version and status live, and writes the outcome of a save back into the document. */
  publish(journeyId: string, live: LiveJourney | undefined, publication: Publication): Promise<void>;
}

export interface Templates {
  get(templateId: string): Promise<Template | undefined>;
  /** The ids of the templates that exist; certain and with their class for those asked for, for the others as known. */
  known(asked: readonly string[]): Promise<TemplateClasses>;
}

/** Where what cannot be handled is put aside, for people to look at. */
export interface DeadLetters {
  put(delivery: string, problems: readonly Problem[]): Promise<void>;
}

/** The queue that deliveries come from. */
export interface Inbox {
  /** The delivery comes once more, after so many seconds, 900 at most. */
  again(delivery: string, seconds: number): Promise<void>;
}

/** The durable timers that walk enrollments. */
export interface Executions {
  /** Starts one; the same `attempt` twice starts one. */
  start(ref: EnrollmentRef, attempt: number): Promise<void>;
  /** Clean-up only: what must not happen any more is prevented by the enrollment's status. */
  stop(ref: EnrollmentRef, attempt: number): Promise<void>;
  /** Wakes the execution that waits with this token. A token that nobody waits with is ignored. */
  signal(token: string): Promise<void>;
}

/** What a message belongs to; goes out with it, so that reports about it find their way back. */
export interface Claim extends EnrollmentRef {
  readonly journeyId: string;
  readonly componentId: string;
  readonly messageId: string;
}

export type SendResult = { readonly sent: true } | { readonly sent: false; readonly reason: string };

export interface Mail {
  /**
   * Hands a message over, at most once per call. A refusal for good comes back as a result.
   * @throws ThrottledError when it was definitely not taken and may be tried again.
   */
  send(message: OutgoingMessage, claim: Claim): Promise<SendResult>;
}

/** The circuit breaker of each journey, and what it judges by. */
export interface Breakers {
  get(journeyId: string): Promise<Breaker>;
  /** Why the journey's marketing is held; `undefined` when it is not. May be some seconds old. */
  hold(journeyId: string): Promise<Hold | undefined>;
  /** The journey's counters. */
  counts(journeyId: string): Promise<Counts>;
  /** @throws ConflictError when the stored one does not have the revision before. */
  put(breaker: Breaker): Promise<void>;
}

export interface Pace {
  /** The moment at which one more message may be sent. Asking takes it. */
  turn(): Promise<Time>;
}

export interface Bus {
  publish(events: readonly SystemEvent[]): Promise<void>;
}
