/** The changes of a commit: the condition of each, its effect on the tables, and the change that the stream delivers. */
import type { StoredChange } from "../lambdas/app/exits/evaluate-change.ts";
import type { Change, Reason } from "../lambdas/app/store.ts";
import { addCounts } from "../lambdas/domain/counters/counts.ts";
import { storedId } from "../lambdas/domain/values/event-identity.ts";
import { enrollmentName, entryName, type MemoryTables, reasonName, UNSTOPPED } from "./memory-tables.ts";

/** A stored change, with the value before it. */
export type Stored = StoredChange | { readonly kind: "reason"; readonly reason: Reason };

/** Whether the condition of a change is met. */
export function holds(change: Change, tables: MemoryTables): boolean {
  switch (change.kind) {
    case "event":
      return !tables.partitions.get(change.event.customerId)?.events.has(storedId(change.event));
    case "customer":
      return revisionOf(tables, change.customer.customerId) === change.customer.revision - 1;
    case "unchanged":
      return revisionOf(tables, change.customer.customerId) === change.customer.revision;
    case "sends":
      return (tables.partitions.get(change.sends.customerId)?.sends?.revision ?? 0) === change.sends.revision - 1;
    case "address":
      return (tables.addresses.get(change.facts.address)?.revision ?? 0) === change.facts.revision - 1;
    case "enrollment":
      return (tables.stored(change.enrollment)?.revision ?? 0) === change.enrollment.revision - 1;
    case "closing":
      return tables.stored(change.enrollment)?.revision === change.enrollment.revision;
    case "removal":
      return tables.stored(change.enrollment)?.revision === change.enrollment.revision;
    case "entry": {
      const { customerId, journeyId, key, revision } = change.entry;
      const stored = tables.partitions.get(customerId)?.entries.get(entryName(journeyId, key));
      return (stored?.revision ?? 0) === revision - 1;
    }
    case "considered":
      return !tables.partitions.get(change.entry.customerId)?.considered.has(change.entry.runId);
    case "reason":
    case "counts":
      return true;
  }
}

function revisionOf(tables: MemoryTables, customerId: string): number {
  return tables.partitions.get(customerId)?.customer.revision ?? 0;
}

export function apply(change: Change, tables: MemoryTables, stream: (stored: Stored) => void): void {
  (appliers[change.kind] as Apply<Change>)(change, tables, stream);
}

type Apply<C> = (change: C, tables: MemoryTables, stream: (stored: Stored) => void) => void;

const appliers: { readonly [K in Change["kind"]]: Apply<Extract<Change, { kind: K }>> } = {
  event: ({ event, watched }, tables, stream) => {
    tables.partition(event.customerId).events.set(storedId(event), event);
    if (watched) stream({ kind: "event", event });
  },
  customer: ({ customer }, tables, stream) => {
    const partition = tables.partition(customer.customerId);
    const before = partition.customer;
    partition.customer = customer;
    stream({ kind: "customer", before, after: customer });
  },
  unchanged: () => {},
  sends: ({ sends }, tables) => {
    tables.partition(sends.customerId).sends = sends;
  },
  address: ({ facts }, tables) => {
    tables.addresses.set(facts.address, facts);
  },
  enrollment: ({ enrollment: after }, tables, stream) => {
    const { enrollments } = tables.partition(after.customerId);
    const before = enrollments.get(enrollmentName(after));
    enrollments.set(enrollmentName(after), after);
    tables.noteActive(after);
    stream({ kind: "enrollment", before, after });
  },
  closing: ({ enrollment }, tables) => {
    const { enrollments } = tables.partition(enrollment.customerId);
    enrollments.delete(enrollmentName(enrollment));
    enrollments.set(enrollmentName({ ...enrollment, closed: true }), { ...enrollment, closed: true });
  },
  removal: ({ enrollment }, tables) => {
    tables.partition(enrollment.customerId).enrollments.delete(enrollmentName(enrollment));
    for (const place of [enrollment.journeyId, UNSTOPPED]) tables.active.get(place)?.delete(enrollment.enrollmentId);
  },
  entry: ({ entry }, tables) => {
    tables.partition(entry.customerId).entries.set(entryName(entry.journeyId, entry.key), entry);
  },
  reason: ({ reason }, tables, stream) => {
    tables.partition(reason.customerId).reasons.set(reasonName(reason), reason);
    stream({ kind: "reason", reason });
  },
  considered: ({ entry }, tables) => {
    tables.partition(entry.customerId).considered.set(entry.runId, entry);
    tables.runs.set(entry.runId, addCounts(tables.runs.get(entry.runId) ?? {}, { [entry.outcome]: 1 }));
  },
  counts: ({ journeyId, counts }, tables) => {
    tables.counts.set(journeyId, addCounts(tables.counts.get(journeyId) ?? {}, counts));
  },
};
