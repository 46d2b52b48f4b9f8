/**
 * What the use cases need from the world, as interfaces. `lambdas/adapters` gives them AWS, `simulator` gives them
 * memory and a virtual clock; both keep the same promises, conditional failures included.
 *
 * Each use case asks for the ports that it uses and for no other, so a function that lacks one of them does not
 * compile. A setting that may be missing is a member that may be `undefined`, and still has to be named.
 */

import type { TemplateClasses } from "../domain/checks/check-limits.ts";
import type { Breaker, Hold } from "../domain/counters/breaker.ts";
import type { Counts } from "../domain/counters/counts.ts";
import type { UnsubscribeLinks } from "../domain/customer/unsubscribe-link.ts";
import type { Problem } from "../domain/documents/problem.ts";
import type { PublishedEvent } from "../domain/events/system-events.ts";
import type { Catalog, LiveJourney } from "../domain/journey/catalog.ts";
import type { Journey, Sender } from "../domain/journey/journey.ts";
import type { Limits } from "../domain/messages/limits.ts";
import type { Template } from "../domain/messages/template.ts";
import type { Time } from "../domain/time/time.ts";
import type { OutgoingMessage } from "../domain/walk/outcome.ts";
import type { EnrollmentRef, Store } from "./store.ts";

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
  readonly sendRate: SendRate | undefined;
  /** The sender of journeys that name none. */
  readonly sender: Sender | undefined;
  /** The limits of journeys that name none. */
  readonly limits: Limits | undefined;
  /** For the unsubscribe links in marketing messages. */
  readonly unsubscribeLinks: UnsubscribeLinks | undefined;
}

/** The ports with which customers enter journeys and leave them. */
export type EnrollmentPorts = Pick<Ports, "clock" | "store" | "journeys" | "executions">;

export interface Clock {
  now(): Time;
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
  requeue(delivery: string, seconds: number): Promise<void>;
}

/** Wakes executions. */
export interface Signals {
  /** Ends the wait of the execution with this token. Returns false when no execution waits with it. */
  signal(token: string): Promise<boolean>;
}

/** The durable timers that walk enrollments. */
export interface Executions extends Signals {
  /** Starts one; the same `attempt` twice starts one. */
  start(ref: EnrollmentRef, attempt: number): Promise<void>;
  /** Clean-up only: the enrollment's status already prevents every further effect. */
  stop(ref: EnrollmentRef, attempt: number): Promise<void>;
  /** Whether the execution is open. It may be retrying a task that AWS throttles. */
  isRunning(ref: EnrollmentRef, attempt: number): Promise<boolean>;
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

export interface SendRate {
  /** The moment at which one more message may be sent. Asking takes it. */
  turn(): Promise<Time>;
}

export interface Bus {
  publish(events: readonly PublishedEvent[]): Promise<void>;
}
