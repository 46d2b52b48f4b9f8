/**
 * The services that the use cases need, as interfaces. `lambdas/adapters` implements them with AWS, `simulator` with
 * memory and a virtual clock. AWS and memory keep the same promises, conditional failures included.
 *
 * Each use case asks only for the ports that it uses, so a function without one of them does not compile. An optional
 * setting is a member that may be `undefined`, so that the caller cannot forget it.
 */

import type { TemplateClasses } from "../domain/checks/check-limits.ts";
import type { Breaker, Hold } from "../domain/counters/breaker.ts";
import type { Counts } from "../domain/counters/counts.ts";
import type { UnsubscribeLinks } from "../domain/customer/unsubscribe-link.ts";
import type { Problem } from "../domain/documents/problem.ts";
import type { PublishedEvent } from "../domain/events/system-events.ts";
import type { Catalog, LiveJourney } from "../domain/journey/catalog.ts";
import type { Journey, Sender } from "../domain/journey/journey.ts";
import type { StatusTask, StatusWork } from "../domain/journey/status-work.ts";
import type { Limits } from "../domain/messages/limits.ts";
import type { SharedText } from "../domain/messages/shared-text.ts";
import type { Template } from "../domain/messages/template.ts";
import type { Occurrence } from "../domain/schedule/occurrence.ts";
import type { Time } from "../domain/time/time.ts";
import type { Publication, Save, TemplatePublication } from "./publication.ts";
import type { Entries, Profiles, Runs } from "./run-ports.ts";
import type { Segments } from "./segment-ports.ts";
import type { Mail, SendRate, SentIds, Sms, Whatsapp } from "./sending-ports.ts";
import type { EnrollmentRef, Store } from "./store.ts";
import type { WaitingTexts } from "./waiting-texts.ts";

export interface Ports {
  readonly clock: Clock;
  readonly store: Store;
  readonly journeys: Journeys;
  readonly publishing: Publishing;
  readonly templates: Templates;
  readonly waiting: WaitingTexts;
  readonly segments: Segments;
  readonly executions: Executions;
  readonly statusTasks: StatusTasks;
  readonly statusProgress: StatusProgress;
  readonly mail: Mail;
  /** `undefined` when the stack has the channel `sms` switched off. */
  readonly sms: Sms | undefined;
  /** `undefined` when the stack has the channel `whatsapp` switched off. */
  readonly whatsapp: Whatsapp | undefined;
  /** For channels whose reports name a message only by the id of the service; `undefined` when all of them are off. */
  readonly sentIds: SentIds | undefined;
  readonly bus: Bus;
  readonly breakers: Breakers;
  /** Starts the audience runs of schedules and dates. */
  readonly schedules: Schedules;
  /** `undefined` when the stack publishes journeys without running their tests. */
  readonly gate: Gate | undefined;
  readonly runs: Runs;
  readonly profiles: Profiles;
  readonly entries: Entries;
  /** The sending rates of channels; `undefined` when the stack knows none. */
  readonly sendRate: SendRate | undefined;
  /** The sender of journeys without a sender of their own. */
  readonly sender: Sender | undefined;
  /** The limits of journeys without limits of their own. */
  readonly limits: Limits | undefined;
  /** For the unsubscribe links in marketing messages. */
  readonly unsubscribeLinks: UnsubscribeLinks | undefined;
  /**
   * The key of the hashes under which the facts of addresses are stored; `undefined` where nothing is sent, and where no
   * message can be answered.
   */
  readonly addressKey: string | undefined;
}

/** The ports of the use cases in which customers enter and leave journeys. */
export type EnrollmentPorts = Pick<Ports, "clock" | "store" | "journeys" | "executions">;

/** The same ports for use cases that evaluate no condition. */
export type UnconditionalPorts = Pick<Ports, "clock" | "store" | "executions"> & { readonly journeys: StoredJourneys };

export interface Clock {
  now(): Time;
}

/** Journeys for use cases that evaluate no condition: the conditions of segments are not put in. */
export interface StoredJourneys {
  /** The live journeys, indexed by the events that they react to. The catalog may be some seconds old. */
  catalog(): Promise<Catalog>;
  live(journeyId: string): Promise<LiveJourney | undefined>;
  /** The live journey, read from the table without a cache. */
  liveNow(journeyId: string): Promise<LiveJourney | undefined>;
  /** The journeys that were stopped after this time, with any present status. */
  stoppedSince(moment: Time): Promise<readonly string[]>;
  /** The journeys that are held now. */
  held(): Promise<readonly string[]>;
  version(journeyId: string, version: number): Promise<Journey | undefined>;
  /** The number and content of the newest frozen version, read from the table without a cache. */
  newest(journeyId: string): Promise<{ version: number; journey: Journey } | undefined>;
}

/** Journeys whose conditions have the conditions of their segments put in, so that they can be evaluated. */
export interface Journeys extends StoredJourneys {
  readonly segmentsPutIn: true;
}

/** The writes by which a journey goes live. */
export interface Publishing {
  /** Stores a numbered version, which never changes. @throws ConflictError when the number is taken. */
  freeze(journey: Journey, version: number): Promise<void>;
  /**
   * Makes a version and status live, and writes the outcome back into the document. If the document has changed since
   * the save, the outcome is not written: the newer save has an outcome of its own.
   * The answer is `false`, and nothing is written, when a newer save is live.
   */
  publish(journeyId: string, live: LiveJourney | undefined, publication: Publication, save?: Save): Promise<boolean>;
}

export interface Templates {
  /**
   * The text that is sent: the live copy. A template that was saved before templates had live copies has none; then the
   * saved document counts, unless it was rejected.
   */
  get(templateId: string): Promise<Template | undefined>;
  /** The ids of the existing templates with their class. Only the answer about the `asked` ids is certain. */
  known(asked: readonly string[]): Promise<TemplateClasses>;
  /** The live copy of a layout or partial. */
  shared(id: string): Promise<SharedText | undefined>;
  /** The live copy of a template, layout or partial and the order of its save, read from the table without a cache. */
  live(id: string): Promise<LiveText | undefined>;
  /**
   * Makes a text live, if one is given, and writes the outcome back into the document, as for a journey.
   * The answer is `false`, and nothing is written, when a newer save is live.
   */
  publish(
    id: string,
    text: Template | SharedText | undefined,
    publication: TemplatePublication,
    save?: Save,
  ): Promise<boolean>;
}

export interface LiveText {
  readonly text: Template | SharedText;
  readonly order?: string | undefined;
}

/** Runs the tests that are stored with a journey. */
export interface Gate {
  /** A problem for each test that does not pass; with no test, the problem says so. */
  problems(journey: Journey): Promise<readonly Problem[]>;
}

/** The queue of deliveries that the system cannot handle, for people to look at. */
export interface DeadLetters {
  put(delivery: string, problems: readonly Problem[]): Promise<void>;
}

/** The queue that deliveries come from. */
export interface Inbox {
  /** Delivers the event again after this many seconds, at most 900. */
  requeue(delivery: string, seconds: number): Promise<void>;
}

/** The queue of events, for an event that does not come from the bus. */
export interface EventQueue {
  /** Adds a delivery in the form in which the bus delivers events. */
  put(delivery: string): Promise<void>;
}

/** The queue of the work that a saved journey causes for the customers inside. */
export interface StatusTasks {
  /** Adds the tasks of all parts. Several functions work on them at the same time. `rules`: the rules of a recheck. */
  begin(journeyId: string, work: StatusWork, since: Time, rules?: readonly string[]): Promise<void>;
  /** Adds a task for the customers who are left, to be done after this many seconds. */
  add(task: StatusTask, seconds: number): Promise<void>;
}

export interface StatusProgress {
  /**
   * Adds the customers of one call to the progress that `journeys show` prints. False, and nothing is stored, when a later
   * save has begun the same work again. A call that dies before this is not counted.
   */
  note(task: StatusTask, done: number, isComplete: boolean): Promise<boolean>;
}

/** Wakes executions. */
export interface Signals {
  /** Ends the wait of the execution with this token. Returns false when no execution waits with it. */
  signal(token: string): Promise<boolean>;
}

/** The durable timers that advance enrollments. */
export interface Executions extends Signals {
  /** Starts an execution. A second call with the same `attempt` starts no second execution. */
  start(ref: EnrollmentRef, attempt: number): Promise<void>;
  /** Clean-up only: the enrollment's status already prevents every further effect. */
  stop(ref: EnrollmentRef, attempt: number): Promise<void>;
  /** Whether the execution is open. An open execution may be retrying a task that AWS throttles. */
  isRunning(ref: EnrollmentRef, attempt: number): Promise<boolean>;
}

/** The circuit breaker of each journey, and the counters that it reads. */
export interface Breakers {
  get(journeyId: string): Promise<Breaker>;
  /** Why the circuit breaker is open; `undefined` when it is closed. The answer may be some seconds old. */
  hold(journeyId: string): Promise<Hold | undefined>;
  /** The journey's counters. */
  counts(journeyId: string): Promise<Counts>;
  /** @throws ConflictError when the stored breaker does not have the revision before. */
  put(breaker: Breaker): Promise<void>;
}

export interface Schedules {
  /** The occurrence at which the journey's next audience run starts. */
  armed(journeyId: string): Promise<Occurrence | undefined>;
  /** Replaces the planned start of the journey's next audience run; `undefined`: no run is planned. */
  arm(journeyId: string, next: Occurrence | undefined): Promise<void>;
}

export interface Bus {
  publish(events: readonly PublishedEvent[]): Promise<void>;
}
