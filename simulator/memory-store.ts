/**
 * The customers and counters tables in memory. This store keeps the promises of the real tables: a commit is stored
 * completely or not at all, the same conditions fail, and the stream delivers every stored change.
 */
import { ConflictError } from "../lambdas/app/errors.ts";
import type { Change, EnrollmentRef, Reason, Store } from "../lambdas/app/store.ts";
import type { Counts } from "../lambdas/domain/counters/counts.ts";
import { type AddressFacts, unknownAddress } from "../lambdas/domain/customer/address-facts.ts";
import { type Customer, unknownCustomer } from "../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../lambdas/domain/enrollment/enrollment.ts";
import type { Entry } from "../lambdas/domain/enrollment/entry.ts";
import { PARKED_DUE } from "../lambdas/domain/enrollment/parking.ts";
import { partOf } from "../lambdas/domain/enrollment/part.ts";
import type { CustomerEvent } from "../lambdas/domain/events/event.ts";
import type { InsidePlace } from "../lambdas/domain/journey/status-work.ts";
import { emptySendLog, type SendLog } from "../lambdas/domain/messages/send-log.ts";
import type { Time } from "../lambdas/domain/time/time.ts";
import type { Json } from "../lambdas/domain/values/json.ts";
import { apply, holds, type Stored } from "./memory-commit.ts";
import {
  byPlace,
  enrollmentName,
  entryName,
  MemoryTables,
  type Partition,
  placeOf,
  reasonName,
  UNSTOPPED,
} from "./memory-tables.ts";

interface AdoptedCustomer {
  readonly customer: Customer;
  readonly sends: SendLog;
  readonly enrollments: readonly Enrollment[];
  readonly entries: readonly Entry[];
  readonly events: readonly CustomerEvent[];
  readonly reasons: readonly Reason[];
}

export class MemoryStore implements Store {
  private readonly tables = new MemoryTables();
  private readonly stream: (stored: Stored) => void;

  constructor(stream: (stored: Stored) => void) {
    this.stream = stream;
  }

  get counts(): ReadonlyMap<string, Counts> {
    return this.tables.counts;
  }

  /** The counts of each audience run. */
  get runCounts(): ReadonlyMap<string, Counts> {
    return this.tables.runs;
  }

  async customer(customerId: string) {
    return this.tables.partitions.get(customerId)?.customer ?? unknownCustomer(customerId);
  }

  async sendLog(customerId: string) {
    return this.tables.partitions.get(customerId)?.sends ?? emptySendLog(customerId);
  }

  async addressFacts(address: string) {
    return this.tables.addresses.get(address) ?? unknownAddress(address);
  }

  async enrollment(ref: EnrollmentRef) {
    return this.tables.stored(ref) ?? this.tables.stored({ ...ref, closed: true });
  }

  async openEnrollment(ref: EnrollmentRef) {
    return this.tables.stored(ref);
  }

  async enrollments(customerId: string) {
    return [...(this.tables.partitions.get(customerId)?.enrollments.values() ?? [])];
  }

  async openEnrollments(customerId: string) {
    return (await this.enrollments(customerId)).filter(({ closed }) => !closed);
  }

  async entry(customerId: string, journeyId: string, key: Json | undefined) {
    return this.tables.partitions.get(customerId)?.entries.get(entryName(journeyId, key));
  }

  async event(customerId: string, id: string) {
    return this.tables.partitions.get(customerId)?.events.get(id);
  }

  async events(customerId: string, name: string, after: Time) {
    const found: CustomerEvent[] = [];
    for (const event of this.tables.partitions.get(customerId)?.events.values() ?? [])
      if (event.name === name && event.time > after) found.push(event);
    return found.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  }

  async considered(customerId: string, runId: string) {
    return this.tables.partitions.get(customerId)?.considered.get(runId);
  }

  /** In memory no event expires. */
  async keepEvent() {}

  async commit(changes: readonly Change[]) {
    for (const change of changes)
      if (!holds(change, this.tables)) throw new ConflictError(`${change.kind} was changed in between`);
    for (const change of changes) apply(change, this.tables, this.stream);
  }

  async erase(customerId: string, until: Time) {
    const young = ({ time }: { readonly time: Time }) => time > until;
    const partition = this.tables.partition(customerId);
    const { enrollments, entries, events, reasons, sends } = partition;
    if (!sends?.sends.some(({ at }) => at > until)) partition.sends = undefined;
    const kept = [...enrollments.values()].filter(({ trigger }) => young(trigger));
    const named = new Set(kept.map(({ journeyId, key }) => entryName(journeyId, key)));
    for (const name of entries.keys()) if (!named.has(name)) entries.delete(name);
    for (const [id, event] of events) if (!young(event)) events.delete(id);
    for (const [name, reason] of reasons) if (!young(reason)) reasons.delete(name);
    for (const [runId, entry] of partition.considered) if (!young(entry)) partition.considered.delete(runId);
  }

  async *inside(journeyId: string, part?: number, after?: InsidePlace) {
    const places = this.activeIn(journeyId, part).map((ref) => placeOf(ref, this.tables.stored(ref)));
    yield* places.sort(byPlace).filter((place) => after === undefined || byPlace(place, after) > 0);
  }

  async *overdue(before: Time, held: ReadonlySet<string> = new Set()) {
    for (const [journeyId, refs] of this.tables.active)
      for (const ref of journeyId === UNSTOPPED ? [] : [...refs.values()]) {
        const { dueAt } = (await this.enrollment(ref)) ?? {};
        const isParked = dueAt === PARKED_DUE && held.has(journeyId);
        if (dueAt !== undefined && dueAt < before && !isParked) yield ref;
      }
  }

  async *unstopped() {
    yield* [...(this.tables.active.get(UNSTOPPED)?.values() ?? [])];
  }

  async *parked(journeyId: string, part?: number) {
    for (const ref of this.activeIn(journeyId, part)) if ((await this.enrollment(ref))?.dueAt === PARKED_DUE) yield ref;
  }

  /** Stores a customer before the scenario begins: the stream does not deliver this as a change. */
  seed(customer: Customer): void {
    this.tables.partition(customer.customerId).customer = customer;
  }

  /** Takes over everything about a customer from another store. The stream does not deliver this as a change. */
  adopt({ customer, sends, enrollments, entries, events, reasons }: AdoptedCustomer): void {
    const partition = this.tables.partition(customer.customerId);
    partition.customer = customer;
    partition.sends = sends;
    for (const event of events) partition.events.set(event.id, event);
    for (const entry of entries) partition.entries.set(entryName(entry.journeyId, entry.key), entry);
    for (const reason of reasons) partition.reasons.set(reasonName(reason), reason);
    for (const enrollment of enrollments) {
      partition.enrollments.set(enrollmentName(enrollment), enrollment);
      this.tables.noteActive(enrollment);
    }
  }

  /** The stored facts of all addresses, for checks. */
  addresses(): Iterable<AddressFacts> {
    return this.tables.addresses.values();
  }

  /** The data of all customers, for summaries and checks. */
  all(): Iterable<Readonly<Partition>> {
    return this.tables.partitions.values();
  }

  private activeIn(journeyId: string, part?: number): EnrollmentRef[] {
    const refs = [...(this.tables.active.get(journeyId)?.values() ?? [])];
    return part === undefined ? refs : refs.filter(({ enrollmentId }) => partOf(enrollmentId) === part);
  }
}
