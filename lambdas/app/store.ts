/** What is kept about customers, as an interface: what is read, and what is stored together or not at all. */

import type { Counts } from "../domain/counters/counts.ts";
import type { Customer } from "../domain/customer/customer.ts";
import type { Enrollment, Entry } from "../domain/enrollment/enrollment.ts";
import type { CustomerEvent } from "../domain/events/event.ts";
import type { SendLog } from "../domain/messages/send-log.ts";
import type { NotEntered } from "../domain/reasons/reason.ts";
import type { Time } from "../domain/time/time.ts";
import type { Json } from "../domain/values/json.ts";

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
  | { readonly kind: "sends"; readonly sends: SendLog }
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
      readonly shardKey: string;
      readonly singleItem?: boolean;
    };

/** All that is kept about customers, and the counters. Reads see every write that was done before them. */
export interface Store {
  customer(customerId: string): Promise<Customer>;
  /** When the customer was last written to. */
  sendLog(customerId: string): Promise<SendLog>;
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
  /** Enrollments whose next step was due before a time, in an order that differs from run to run. */
  overdue(before: Time): AsyncIterable<EnrollmentRef>;
  /** Ended enrollments whose execution could not be stopped. */
  unstopped(): AsyncIterable<EnrollmentRef>;
}
