/**
 * A stack, as the command line and the console see it: documents in and out, everything about a customer, counts, and
 * the services around the tables. `stack/deployed` implements it on AWS, and tests implement it in memory, so that
 * every command runs without a network. An implementation reads and writes. An implementation makes no decisions.
 */
import type { Item } from "../lambdas/adapters/dynamodb/customer-items.ts";
import type { Pointer } from "../lambdas/adapters/dynamodb/journey-pointer.ts";
import type { OutputName } from "../lambdas/adapters/stack-outputs.ts";
import type { Ports } from "../lambdas/app/ports.ts";
import type { Publication, TemplatePublication } from "../lambdas/app/publication.ts";
import type { Hold } from "../lambdas/domain/counters/breaker.ts";
import type { Enrollment } from "../lambdas/domain/enrollment/enrollment.ts";
import type { LiveJourney } from "../lambdas/domain/journey/catalog.ts";
import type { StatusProgressItem } from "../lambdas/domain/journey/status-work.ts";
import type { StoredTest } from "../lambdas/domain/journey/stored-test.ts";
import type { RunRecord } from "../lambdas/domain/schedule/run-record.ts";
import type { TimeScale } from "../lambdas/domain/time/scaled-time.ts";
import type { OutgoingMessage } from "../lambdas/domain/walk/outcome.ts";
import type { DeadLetterQueue } from "./dead-letter-queue.ts";
import type { Entry } from "./entries.ts";
import type { FailureBucket } from "./failure-bucket.ts";
import type { Health } from "./health.ts";

export type { Item };

/**
 * A journey as it is stored. The system writes `publication`; the admin writes all other members, which may have
 * problems.
 */
export type StoredJourney = Item & { readonly id: string; readonly publication?: Publication };

export type Table = "journeys" | "templates" | "counters" | "customers";

export interface Stack extends Documents {
  /** The value of an output of the deployment. @throws Error when the stack has no output of this name. */
  output(name: OutputName): string;
  /** How fast time passes on a test stack; `undefined` in production. */
  readonly timeScale: TimeScale | undefined;
  /** The ports of the use cases. A read never returns data that is older than the call. */
  readonly ports: Pick<Ports, "clock" | "journeys" | "segments" | "store" | "breakers" | "runs" | "profiles">;

  /** Every item about one customer. */
  customer(customerId: string): Promise<Item[]>;
  /**
   * Every enrollment in a journey, including ended enrollments. `tell`: how many items were read so far, after every
   * page.
   */
  logs(journeyId: string, tell?: (items: number) => void): AsyncIterable<Enrollment>;
  /** The counts of a journey; names as in `lambdas/domain/counts.ts`, none of them zero. */
  counts(journeyId: string): Promise<Record<string, number>>;
  /** The counts of many journeys without those of components and messages, and why their circuit breakers are open. */
  overviews(journeyIds: readonly string[]): Promise<ReadonlyMap<string, Overview>>;
  /** The progress of a stop and of a release of the journey, by parts. */
  statusProgress(journeyId: string): Promise<readonly StatusProgressItem[]>;
  /** Why the journey's circuit breaker is open; `undefined` when it is closed. */
  held(journeyId: string): Promise<Hold | undefined>;
  /** Starts an audience run. `lists`: the customers of a list, in parts. */
  startRun(run: RunRecord, lists: readonly (readonly string[])[]): Promise<void>;
  /** The key of the hashes under which the facts of addresses are stored. */
  addressKey(): Promise<string>;
  /** Every item of a table, as it is now. */
  scan(table: Table): AsyncIterable<Item>;
  /**
   * Every item of the customers table, or of one part of it. `parts`: the number of parts. A hash of the customer's id
   * decides on the part. The read costs half the price, because it may miss the newest writes.
   */
  scanCustomers(parts?: number): AsyncIterable<Item>;

  /**
   * Puts at most ten events on the bus. Returns for each event why the bus refused it; `undefined`: the bus accepted
   * the event.
   */
  putEvents(entries: readonly Entry[]): Promise<(string | undefined)[]>;
  /** Puts one event on the bus. @throws Error when the bus refuses it. */
  publish(name: string, detail: object, source: string): Promise<void>;

  /** Sends a mail that counts for no customer and no journey. Returns why the mail service refused it. */
  sendTest(message: OutgoingMessage): Promise<string | undefined>;

  deadLetterQueues(): readonly DeadLetterQueue[];
  failureBucket(): Promise<FailureBucket>;
  health(): Promise<Health>;
}

export interface Overview {
  readonly counts: Readonly<Record<string, number>>;
  readonly held?: Hold;
}

interface Documents {
  /** The documents that admins have saved, live or not, by id. */
  journeys(): Promise<StoredJourney[]>;
  journey(id: string): Promise<StoredJourney | undefined>;
  /** A frozen version of a journey. */
  version(id: string, version: number): Promise<Item | undefined>;
  /** The version and the status of each journey that count now, whether the document is still there or not. */
  pointers(): Promise<Pointer[]>;
  /** By id. */
  templates(): Promise<Item[]>;
  /** The layouts and partials that admins have saved, by id. */
  sharedTexts(): Promise<Item[]>;
  /** The segments that admins have saved, by id. */
  segments(): Promise<Item[]>;
  template(id: string): Promise<Item | undefined>;

  /**
   * Saves a journey in place of `before`, and takes away the outcome of the save before.
   * @throws ConflictError when the stored one is not `before` any more.
   */
  replaceJourney(document: Item, before: StoredJourney | undefined): Promise<void>;
  /** Saves only a new status in place of the status of `before`. @throws ConflictError */
  replaceStatus(before: StoredJourney, status: string): Promise<void>;
  /** @throws ConflictError when the stored template is not `before` any more. */
  replaceTemplate(document: Item, before: Item | undefined): Promise<void>;
  /** The tests that are stored with a journey. */
  tests(journeyId: string): Promise<readonly StoredTest[]>;
  putTest(test: StoredTest): Promise<void>;
  deleteTest(test: StoredTest): Promise<void>;
  /** Deletes the saved document. @throws ConflictError when the stored one is not `before` any more. */
  deleteJourney(before: StoredJourney): Promise<void>;
  /** Deletes the pointer to what is live. @throws ConflictError when something else is live. */
  deletePointer(journeyId: string, live: LiveJourney): Promise<void>;
  /** Waits for the outcome of the last save. @throws WaitedInVain */
  outcome(journeyId: string, seconds?: number): Promise<Publication>;
  /** Waits for the outcome of the last save of a template. @throws WaitedInVain */
  templateOutcome(templateId: string, seconds?: number): Promise<TemplatePublication>;
}
