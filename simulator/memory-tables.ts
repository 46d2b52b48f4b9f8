/** The data of the store in memory: a partition for each customer, the facts of addresses, the counters and the index. */
import type { EnrollmentRef, Reason } from "../lambdas/app/store.ts";
import type { Counts } from "../lambdas/domain/counters/counts.ts";
import type { AddressFacts } from "../lambdas/domain/customer/address-facts.ts";
import { type Customer, unknownCustomer } from "../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../lambdas/domain/enrollment/enrollment.ts";
import type { Entry } from "../lambdas/domain/enrollment/entry.ts";
import type { CustomerEvent } from "../lambdas/domain/events/event.ts";
import type { InsidePlace } from "../lambdas/domain/journey/status-work.ts";
import type { SendLog } from "../lambdas/domain/messages/send-log.ts";
import type { RunEntry } from "../lambdas/domain/schedule/run-record.ts";
import { canonical, type Json } from "../lambdas/domain/values/json.ts";

/** The stored data of one customer. */
export interface Partition {
  customer: Customer;
  sends: SendLog | undefined;
  readonly enrollments: Map<string, Enrollment>;
  readonly entries: Map<string, Entry>;
  /** By their stored ids. */
  readonly events: Map<string, CustomerEvent>;
  readonly reasons: Map<string, Reason>;
  /** The decisions of audience runs about the customer, by run. */
  readonly considered: Map<string, RunEntry>;
}

/** The key, in the place of a journey's id, of ended enrollments whose execution must still be stopped. */
export const UNSTOPPED = "~unstopped";

export class MemoryTables {
  readonly counts = new Map<string, Counts>();
  readonly addresses = new Map<string, AddressFacts>();
  /** The counts of each audience run. */
  readonly runs = new Map<string, Counts>();
  readonly partitions = new Map<string, Partition>();
  /** The enrollments inside each journey, and under UNSTOPPED. */
  readonly active = new Map<string, Map<string, EnrollmentRef>>();

  partition(customerId: string): Partition {
    let partition = this.partitions.get(customerId);
    if (!partition) {
      partition = {
        customer: unknownCustomer(customerId),
        sends: undefined,
        enrollments: new Map(),
        entries: new Map(),
        events: new Map(),
        reasons: new Map(),
        considered: new Map(),
      };
      this.partitions.set(customerId, partition);
    }
    return partition;
  }

  stored(about: Pick<Enrollment, "customerId" | "enrollmentId" | "closed">): Enrollment | undefined {
    return this.partitions.get(about.customerId)?.enrollments.get(enrollmentName(about));
  }

  noteActive({ journeyId, enrollmentId, customerId, status, unstopped }: Enrollment): void {
    const note = (place: string, isThere: boolean) => {
      const refs = this.active.get(place) ?? new Map<string, EnrollmentRef>();
      if (isThere) this.active.set(place, refs.set(enrollmentId, { customerId, enrollmentId }));
      else refs.delete(enrollmentId);
    };
    note(journeyId, status === "active");
    note(UNSTOPPED, status !== "active" && unstopped === true);
  }
}

export const placeOf = (ref: EnrollmentRef, stored: Enrollment | undefined): InsidePlace => ({
  ...ref,
  dueAt: stored?.dueAt ?? "",
});

/** The order of the index of customers inside. */
export function byPlace(a: InsidePlace, b: InsidePlace): number {
  const [first, second] = [keyOf(a), keyOf(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

const keyOf = ({ dueAt, customerId, enrollmentId }: InsidePlace) => JSON.stringify([dueAt, customerId, enrollmentId]);

/** A closed enrollment has a place of its own. */
export function enrollmentName({ enrollmentId, closed }: Pick<Enrollment, "enrollmentId" | "closed">): string {
  return closed ? `~${enrollmentId}` : enrollmentId;
}

export function entryName(journeyId: string, key: Json | undefined): string {
  return `${journeyId} ${key === undefined ? "" : canonical(key)}`;
}

/** The newest reason of each delivery is kept. */
export function reasonName({ journeyId, deliveryId }: Reason): string {
  return `${journeyId} ${deliveryId}`;
}
