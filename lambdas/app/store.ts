/** The customers and counters tables as an interface: the reads, and the writes that succeed or fail together. */

import type { Counts } from "../domain/counters/counts.ts";
import type { AddressFacts } from "../domain/customer/address-facts.ts";
import type { Customer } from "../domain/customer/customer.ts";
import type { Enrollment } from "../domain/enrollment/enrollment.ts";
import type { Entry } from "../domain/enrollment/entry.ts";
import type { CustomerEvent } from "../domain/events/event.ts";
import type { InsidePlace } from "../domain/journey/status-work.ts";
import type { SendLog } from "../domain/messages/send-log.ts";
import type { NotEntered } from "../domain/reasons/reason.ts";
import type { RunEntry } from "../domain/schedule/run-record.ts";
import type { Time } from "../domain/time/time.ts";
import type { Json } from "../domain/values/json.ts";

/** Identifies one enrollment. The input of an execution contains nothing else. */
export interface EnrollmentRef {
  readonly customerId: string;
  readonly enrollmentId: string;
}

/**
 * Why a customer did not enter, stored for the command `why`: the newest reason per journey and delivery.
 * `enrollmentId`: the id that the enrollment would have had; for a duplicate event, the id of the first enrollment.
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
  /** The time of the event or change that did not let the customer in. */
  readonly time: Time;
  readonly at: Time;
}

/**
 * One write of a commit; all writes of a commit succeed or none does. An item with a `revision` is stored only when the
 * stored item has the revision before (0 = no stored item), an event only when no event is stored under its id.
 */
export type Change =
  /** `watched`: a customer inside a journey may wait for the event, so the stream delivers it to the exit evaluator. */
  | { readonly kind: "event"; readonly event: CustomerEvent; readonly watched: boolean }
  | { readonly kind: "customer"; readonly customer: Customer }
  /** Writes nothing, but the commit fails when the stored customer has another revision. */
  | { readonly kind: "unchanged"; readonly customer: Customer }
  | { readonly kind: "sends"; readonly sends: SendLog }
  | { readonly kind: "address"; readonly facts: AddressFacts }
  | { readonly kind: "enrollment"; readonly enrollment: Enrollment }
  /** Moves the ended enrollment of this revision to the closed enrollments (`domain/enrollment/closed.ts`). */
  | { readonly kind: "closing"; readonly enrollment: Enrollment }
  /** Removes the enrollment of this revision. */
  | { readonly kind: "removal"; readonly enrollment: Enrollment }
  | { readonly kind: "entry"; readonly entry: Entry }
  | { readonly kind: "reason"; readonly reason: Reason }
  /** What an audience run decided about a customer, once. This write adds to the counts of the run. */
  | { readonly kind: "considered"; readonly entry: RunEntry }
  /** Adds to the journey's counters. `shardKey` picks the shard; `singleItem` puts a whole shard into one item. */
  | {
      readonly kind: "counts";
      readonly journeyId: string;
      readonly counts: Counts;
      readonly shardKey: string;
      readonly singleItem?: boolean;
    };

/** The stored data of customers, and the counters. Every read sees all earlier writes. */
export interface Store {
  customer(customerId: string): Promise<Customer>;
  /** The times of the latest messages to the customer. */
  sendLog(customerId: string): Promise<SendLog>;
  /** The facts of the address with this hash. */
  addressFacts(address: string): Promise<AddressFacts>;
  /** Reads an open enrollment, or the closed enrollment when no open one has this id. */
  enrollment(ref: EnrollmentRef): Promise<Enrollment | undefined>;
  /** The enrollment, unless it is closed. */
  openEnrollment(ref: EnrollmentRef): Promise<Enrollment | undefined>;
  /** All enrollments of the customer, including closed enrollments. */
  enrollments(customerId: string): Promise<readonly Enrollment[]>;
  openEnrollments(customerId: string): Promise<readonly Enrollment[]>;
  entry(customerId: string, journeyId: string, key: Json | undefined): Promise<Entry | undefined>;
  /** The event that is stored under this id (`domain/values/event-identity.ts`), with any time. */
  event(customerId: string, storedId: string): Promise<CustomerEvent | undefined>;
  /** The customer's events with this name that happened after the moment `after`, in order of time. */
  events(customerId: string, name: string, after: Time): Promise<readonly CustomerEvent[]>;
  /**
   * Keeps the event stored until this moment at least. `since`: the event was stored at this time or later. If the
   * retention of events already keeps the event long enough, nothing is written. An event that has expired is not
   * stored again.
   */
  keepEvent(customerId: string, storedId: string, since: Time, until: Time): Promise<void>;
  /** What the run decided about the customer. */
  considered(customerId: string, runId: string): Promise<RunEntry | undefined>;
  /** @throws ConflictError when another call was faster; then nothing is stored. */
  commit(changes: readonly Change[]): Promise<void>;
  /**
   * Removes the customer's events, reasons and send log up to a moment, and the entries without a later enrollment.
   * Commits change the customer and the enrollments themselves.
   */
  erase(customerId: string, until: Time): Promise<void>;
  /**
   * The active enrollments of a journey, or one part of them, in order of their due times. Several callers can each
   * read a part. `after`: only enrollments after this place. An enrollment whose due time changes moves to another
   * place.
   */
  inside(journeyId: string, part?: number, after?: InsidePlace): AsyncIterable<InsidePlace>;
  /**
   * Enrollments whose next step was due before a time, in an order that differs from run to run. Parked customers of
   * held journeys are left out.
   */
  overdue(before: Time, held?: ReadonlySet<string>): AsyncIterable<EnrollmentRef>;
  /** Ended enrollments whose execution could not be stopped. */
  unstopped(): AsyncIterable<EnrollmentRef>;
  /** The parked customers of a journey that is or was held, or one part of them. */
  parked(journeyId: string, part?: number): AsyncIterable<EnrollmentRef>;
}
