/**
 * The customers and counters tables in memory. They keep the promises of the real tables: a commit is stored completely
 * or not at all, the same conditions fail, and the stream delivers every stored change.
 */
import { ConflictError } from "../lambdas/app/errors.ts";
import type { StoredChange } from "../lambdas/app/exits/evaluate-change.ts";
import type { Change, EnrollmentRef, Reason, Store } from "../lambdas/app/store.ts";
import { addCounts, type Counts } from "../lambdas/domain/counters/counts.ts";
import { type AddressFacts, unknownAddress } from "../lambdas/domain/customer/address-facts.ts";
import { type Customer, unknownCustomer } from "../lambdas/domain/customer/customer.ts";
import type { Enrollment, Entry } from "../lambdas/domain/enrollment/enrollment.ts";
import { PARKED_DUE } from "../lambdas/domain/enrollment/parking.ts";
import { partOf } from "../lambdas/domain/enrollment/part.ts";
import type { CustomerEvent } from "../lambdas/domain/events/event.ts";
import { emptySendLog, type SendLog } from "../lambdas/domain/messages/send-log.ts";
import type { Time } from "../lambdas/domain/time/time.ts";
import { canonical, type Json } from "../lambdas/domain/values/json.ts";

/** The stored data of one customer. */
interface Partition {
  customer: Customer;
  sends: SendLog | undefined;
  readonly enrollments: Map<string, Enrollment>;
  readonly entries: Map<string, Entry>;
  readonly events: Map<string, CustomerEvent>;
  readonly reasons: Map<string, Reason>;
}

/** In the place of a journey's id: ended enrollments whose execution must still be stopped. */
const UNSTOPPED = "~unstopped";

/** A stored change, with the value before it. */
export type Stored = StoredChange | { readonly kind: "reason"; readonly reason: Reason };

export class MemoryStore implements Store {
  readonly counts = new Map<string, Counts>();
  private readonly addresses = new Map<string, AddressFacts>();
  private readonly partitions = new Map<string, Partition>();
  private readonly active = new Map<string, Map<string, EnrollmentRef>>();
  private readonly stream: (stored: Stored) => void;

  constructor(stream: (stored: Stored) => void) {
    this.stream = stream;
  }

  async customer(customerId: string) {
    return this.partitions.get(customerId)?.customer ?? unknownCustomer(customerId);
  }

  async sendLog(customerId: string) {
    return this.partitions.get(customerId)?.sends ?? emptySendLog(customerId);
  }

  async addressFacts(address: string) {
    return this.addresses.get(address) ?? unknownAddress(address);
  }

  async enrollment({ customerId, enrollmentId }: EnrollmentRef) {
    return this.partitions.get(customerId)?.enrollments.get(enrollmentId);
  }

  async enrollments(customerId: string) {
    return [...(this.partitions.get(customerId)?.enrollments.values() ?? [])];
  }

  async entry(customerId: string, journeyId: string, key: Json | undefined) {
    return this.partitions.get(customerId)?.entries.get(entryName(journeyId, key));
  }

  async event(customerId: string, eventId: string) {
    return this.partitions.get(customerId)?.events.get(eventId);
  }

  async events(customerId: string, name: string, after: Time) {
    const found: CustomerEvent[] = [];
    for (const event of this.partitions.get(customerId)?.events.values() ?? [])
      if (event.name === name && event.time > after) found.push(event);
    return found.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  }

  async commit(changes: readonly Change[]) {
    for (const change of changes)
      if (!this.holds(change)) throw new ConflictError(`${change.kind} was changed in between`);
    for (const change of changes) this.apply(change);
  }

  async erase(customerId: string, until: Time) {
    const young = ({ time }: { readonly time: Time }) => time > until;
    const partition = this.partition(customerId);
    const { enrollments, entries, events, reasons, sends } = partition;
    if (!sends?.sends.some(({ at }) => at > until)) partition.sends = undefined;
    const kept = [...enrollments.values()].filter(({ trigger }) => young(trigger));
    const named = new Set(kept.map(({ journeyId, key }) => entryName(journeyId, key)));
    for (const name of entries.keys()) if (!named.has(name)) entries.delete(name);
    for (const [id, event] of events) if (!young(event)) events.delete(id);
    for (const [name, reason] of reasons) if (!young(reason)) reasons.delete(name);
  }

  async *inside(journeyId: string, part?: number) {
    yield* this.activeIn(journeyId, part);
  }

  async *overdue(before: Time, held: ReadonlySet<string> = new Set()) {
    for (const [journeyId, refs] of this.active)
      for (const ref of journeyId === UNSTOPPED ? [] : [...refs.values()]) {
        const { dueAt } = (await this.enrollment(ref)) ?? {};
        const isParked = dueAt === PARKED_DUE && held.has(journeyId);
        if (dueAt !== undefined && dueAt < before && !isParked) yield ref;
      }
  }

  async *unstopped() {
    yield* [...(this.active.get(UNSTOPPED)?.values() ?? [])];
  }

  async *parked(journeyId: string, part?: number) {
    for (const ref of this.activeIn(journeyId, part)) if ((await this.enrollment(ref))?.dueAt === PARKED_DUE) yield ref;
  }

  /** Stores a customer before the scenario begins: the stream does not deliver this as a change. */
  seed(customer: Customer): void {
    this.partition(customer.customerId).customer = customer;
  }

  /** The data of all customers, for summaries and checks. */
  all(): Iterable<Readonly<Partition>> {
    return this.partitions.values();
  }

  private activeIn(journeyId: string, part?: number): EnrollmentRef[] {
    const refs = [...(this.active.get(journeyId)?.values() ?? [])];
    return part === undefined ? refs : refs.filter(({ enrollmentId }) => partOf(enrollmentId) === part);
  }

  private partition(customerId: string): Partition {
    let partition = this.partitions.get(customerId);
    if (!partition) {
      partition = {
        customer: unknownCustomer(customerId),
        sends: undefined,
        enrollments: new Map(),
        entries: new Map(),
        events: new Map(),
        reasons: new Map(),
      };
      this.partitions.set(customerId, partition);
    }
    return partition;
  }

  private holds(change: Change): boolean {
    switch (change.kind) {
      case "event":
        return !this.partitions.get(change.event.customerId)?.events.has(change.event.id);
      case "customer":
        return this.revisionOf(change.customer.customerId) === change.customer.revision - 1;
      case "unchanged":
        return this.revisionOf(change.customer.customerId) === change.customer.revision;
      case "sends":
        return (this.partitions.get(change.sends.customerId)?.sends?.revision ?? 0) === change.sends.revision - 1;
      case "address":
        return (this.addresses.get(change.facts.address)?.revision ?? 0) === change.facts.revision - 1;
      case "enrollment":
        return (this.stored(change.enrollment)?.revision ?? 0) === change.enrollment.revision - 1;
      case "removal":
        return this.stored(change.enrollment)?.revision === change.enrollment.revision;
      case "entry": {
        const { customerId, journeyId, key, revision } = change.entry;
        const stored = this.partitions.get(customerId)?.entries.get(entryName(journeyId, key));
        return (stored?.revision ?? 0) === revision - 1;
      }
      case "reason":
      case "counts":
        return true;
    }
  }

  private revisionOf(customerId: string): number {
    return this.partitions.get(customerId)?.customer.revision ?? 0;
  }

  private stored({ customerId, enrollmentId }: EnrollmentRef): Enrollment | undefined {
    return this.partitions.get(customerId)?.enrollments.get(enrollmentId);
  }

  private apply(change: Change): void {
    (this.appliers[change.kind] as (change: Change) => void)(change);
  }

  private readonly appliers: { [K in Change["kind"]]: (change: Extract<Change, { kind: K }>) => void } = {
    event: ({ event, watched }) => {
      this.partition(event.customerId).events.set(event.id, event);
      if (watched) this.stream({ kind: "event", event });
    },
    customer: ({ customer }) => {
      const partition = this.partition(customer.customerId);
      const before = partition.customer;
      partition.customer = customer;
      this.stream({ kind: "customer", before, after: customer });
    },
    unchanged: () => {},
    sends: ({ sends }) => {
      this.partition(sends.customerId).sends = sends;
    },
    address: ({ facts }) => {
      this.addresses.set(facts.address, facts);
    },
    enrollment: ({ enrollment: after }) => {
      const { enrollments } = this.partition(after.customerId);
      const before = enrollments.get(after.enrollmentId);
      enrollments.set(after.enrollmentId, after);
      this.noteActive(after);
      this.stream({ kind: "enrollment", before, after });
    },
    removal: ({ enrollment }) => {
      this.partition(enrollment.customerId).enrollments.delete(enrollment.enrollmentId);
      for (const place of [enrollment.journeyId, UNSTOPPED]) this.active.get(place)?.delete(enrollment.enrollmentId);
    },
    entry: ({ entry }) => {
      this.partition(entry.customerId).entries.set(entryName(entry.journeyId, entry.key), entry);
    },
    reason: ({ reason }) => {
      const { customerId, journeyId, deliveryId } = reason;
      this.partition(customerId).reasons.set(`${journeyId} ${deliveryId}`, reason);
      this.stream({ kind: "reason", reason });
    },
    counts: ({ journeyId, counts }) => {
      this.counts.set(journeyId, addCounts(this.counts.get(journeyId) ?? {}, counts));
    },
  };

  private noteActive({ journeyId, enrollmentId, customerId, status, unstopped }: Enrollment): void {
    const note = (place: string, isThere: boolean) => {
      const refs = this.active.get(place) ?? new Map<string, EnrollmentRef>();
      if (isThere) this.active.set(place, refs.set(enrollmentId, { customerId, enrollmentId }));
      else refs.delete(enrollmentId);
    };
    note(journeyId, status === "active");
    note(UNSTOPPED, status !== "active" && unstopped === true);
  }
}

function entryName(journeyId: string, key: Json | undefined): string {
  return `${journeyId} ${key === undefined ? "" : canonical(key)}`;
}
