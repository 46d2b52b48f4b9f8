/**
 * The layout of the customers table: everything about one customer under one partition key.
 *
 * | sk                             | the item holds                                  |
 * |--------------------------------|-------------------------------------------------|
 * | `profile`                      | the customer's attributes and tags              |
 * | `sends`                        | the newest messages to the customer (TTL)       |
 * | `event#ID`                     | an event (TTL); ID is its stored id; in the index `happened` by name and time; `watched` when a rule of a journey listens to its name |
 * | `enrollment#ID`                | an enrollment; while active in the index `active` by journey and due time; there under `~unstopped` while its execution must still be stopped |
 * | `enrollment#~ID`               | a closed enrollment, which no event reads       |
 * | `entry#JOURNEY#KEY`            | how often the customer entered the journey      |
 * | `reason#JOURNEY#DELIVERY`      | why the customer did not enter (TTL 30 days)    |
 * | `run#RUN`                      | what an audience run decided (TTL 30 days)      |
 *
 * An event's data is stored as JSON text, because DynamoDB would not return every JSON value unchanged.
 */
import type { Reason } from "../../app/store.ts";
import { type AddressFacts, unknownAddress } from "../../domain/customer/address-facts.ts";
import { type Customer, unknownCustomer } from "../../domain/customer/customer.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { Entry } from "../../domain/enrollment/entry.ts";
import { partOf } from "../../domain/enrollment/part.ts";
import type { CustomerEvent } from "../../domain/events/event.ts";
import type { SendLog } from "../../domain/messages/send-log.ts";
import type { RunEntry } from "../../domain/schedule/run-record.ts";
import { plus, type Time, toMilliseconds } from "../../domain/time/time.ts";
import { storedId } from "../../domain/values/event-identity.ts";
import { deterministicId } from "../../domain/values/hash.ts";
import { canonical, type Json, type JsonObject } from "../../domain/values/json.ts";
import { isWithinBytes } from "../../domain/values/utf8.ts";
import { readable } from "./items/item-format.ts";
import { withLists } from "./with-lists.ts";

export type Item = Record<string, unknown>;

export const PROFILE = "profile";
export const SENDS = "sends";
/** The sort key of the facts of an address. These facts have a partition of their own and belong to no customer. */
export const DELIVERY = "delivery";
/** How long the send log is kept: longer than the longest frequency cap, which is 90 days. */
const SENDS_KEPT = "P91D";
const REASONS_KEPT = "P30D";
const RUN_ENTRIES_KEPT = "P30D";

/** The kinds of items of which one customer may have several. */
export type KeyedItem = "event" | "enrollment" | "entry" | "reason" | "run";
export type CustomerKey = typeof PROFILE | typeof SENDS | typeof DELIVERY | `${KeyedItem}#${string}`;

export function isKeyOf(kind: KeyedItem, sk: unknown): boolean {
  return typeof sk === "string" && sk.startsWith(`${kind}#`);
}

export const addressPartition = (address: string) => `address#${address}`;
export const eventKey = (storedEventId: string): CustomerKey => `event#${storedEventId}`;
export const enrollmentKey = (enrollmentId: string, closed = false): CustomerKey =>
  `enrollment#${closed ? CLOSED : ""}${enrollmentId}`;
/** Sorts after every id of an enrollment, so the open enrollments of a customer are one range of sort keys. */
export const CLOSED = "~";
export const entryKey = (journeyId: string, key: Json | undefined): CustomerKey =>
  `entry#${journeyId}#${key === undefined ? "" : shortened(canonical(key))}`;

/** A sort key takes 1,024 bytes. A key of control characters is six times as long as JSON, so its hash is stored. */
const shortened = (json: string) => (isWithinBytes(json, 800) ? json : `~${deterministicId(json)}`);

export const reasonKey = (reason: Reason): CustomerKey => `reason#${reason.journeyId}#${reason.deliveryId}`;

export const runKey = (runId: string): CustomerKey => `run#${runId}`;

export function enrollmentIdIn(key: string): string {
  return key.slice(enrollmentKey("").length);
}
export const happened = (name: string, time: Time) => `${name}#${time}`;
export const activeShard = (journeyId: string, part: number) => `${journeyId}#${part}`;
/** In the place of a journey's id in the index `active`: ended enrollments whose execution must still be stopped. */
export const UNSTOPPED = "~unstopped";

/** The value of `ttl` for an item that expires at this time: seconds since 1970. */
export const ttlOf = (time: Time) => Math.floor(toMilliseconds(time) / 1000);

/** DynamoDB removes an expired item within a few days, so readers must drop it themselves until then. */
export const isExpired = ({ ttl }: Item, now: Time) => typeof ttl === "number" && ttl <= ttlOf(now);

export function eventItem({ data, changes, reads, ...event }: CustomerEvent, now: Time, retentionDays: number): Item {
  return {
    ...event,
    sk: eventKey(storedId(event)),
    happened: happened(event.name, event.time),
    data: JSON.stringify(data),
    ...(changes && { changes: JSON.stringify(changes) }),
    ...(reads && { reads: JSON.stringify(reads) }),
    ttl: ttlOf(plus(now, `P${retentionDays}D`)),
  };
}

export function customerItem(customer: Customer): Item {
  return { ...customer, sk: PROFILE };
}

export function sendsItem(sends: SendLog): Item {
  const newest = sends.sends.at(-1);
  return { ...sends, sk: SENDS, ...(newest && { ttl: ttlOf(plus(newest.at, SENDS_KEPT)) }) };
}

export function addressItem({ address, ...facts }: AddressFacts): Item {
  return { ...facts, customerId: addressPartition(address), sk: DELIVERY };
}

export function enrollmentItem(enrollment: Enrollment): Item {
  const indexed = enrollment.status === "active" ? enrollment.journeyId : enrollment.unstopped && UNSTOPPED;
  const active = indexed !== undefined && { active: activeShard(indexed, partOf(enrollment.enrollmentId)) };
  return { ...enrollment, sk: enrollmentKey(enrollment.enrollmentId, enrollment.closed), ...active };
}

export function entryItem(entry: Entry): Item {
  return { ...entry, sk: entryKey(entry.journeyId, entry.key) };
}

export function reasonItem(reason: Reason, now: Time): Item {
  return { ...reason, sk: reasonKey(reason), ttl: ttlOf(plus(now, REASONS_KEPT)) };
}

export function runEntryItem(entry: RunEntry): Item {
  return { ...entry, sk: runKey(entry.runId), ttl: ttlOf(plus(entry.time, RUN_ENTRIES_KEPT)) };
}

/**
 * The items that an erasure deletes: events, reasons and decisions of runs with a time until `until`, the entry items
 * without a later enrollment, and the send log if its newest message is not later. The erasure handles the profile and
 * the enrollments separately.
 */
export function forgotten(items: readonly Item[], until: Time): Item[] {
  const young = (time: unknown) => typeof time === "string" && time > until;
  const enrollments = items.filter(({ sk }) => isKeyOf("enrollment", sk));
  const kept = enrollments.filter(({ trigger }) => young((trigger as Item | undefined)?.time));
  const named: ReadonlySet<unknown> = new Set(
    kept.map(({ journeyId, key }) => entryKey(journeyId as string, key as Json | undefined)),
  );
  const time = (item: Item) => (item.sk === SENDS ? (item.sends as SendLog["sends"]).at(-1)?.at : item.time);
  return items.filter(
    (item) =>
      item.sk !== PROFILE &&
      item.sk !== DELIVERY &&
      !enrollments.includes(item) &&
      !named.has(item.sk) &&
      !young(time(item)),
  );
}

export function toEvent(item: Item): CustomerEvent {
  const { sk: _, happened: __, ttl: ___, watched: ____, data, changes, reads, ...event } = readable("event", item);
  return {
    ...(event as unknown as CustomerEvent),
    data: JSON.parse(data as string) as JsonObject,
    ...(changes !== undefined && { changes: JSON.parse(changes as string) as JsonObject }),
    ...(reads !== undefined && { reads: JSON.parse(reads as string) as JsonObject }),
  };
}

/** An admin may have written the profile by hand: a missing attribute counts as empty, and a set of tags as a list. */
export function toCustomer(item: Item): Customer {
  const { sk: _, ttl: __, tags, ...customer } = readable("profile", item);
  const known = withLists(customer) as unknown as Customer;
  return {
    ...unknownCustomer(known.customerId),
    ...known,
    tags: [...((tags as Iterable<string> | undefined) ?? [])].sort(),
  };
}

export function toSends(item: Item): SendLog {
  const { sk: _, ttl: __, ...sends } = readable("send log", item);
  return sends as unknown as SendLog;
}

export function toAddressFacts(address: string, item: Item): AddressFacts {
  const { customerId: _, sk: __, ...facts } = readable("facts of an address", item);
  return { ...unknownAddress(address), ...(facts as Partial<AddressFacts>) };
}

export function toEnrollment(item: Item): Enrollment {
  const { sk: _, active: __, ...enrollment } = readable("enrollment", item);
  return enrollment as unknown as Enrollment;
}

export function toRunEntry({ sk: _, ttl: __, ...entry }: Item): RunEntry {
  return entry as unknown as RunEntry;
}

export function toEntry(item: Item): Entry {
  const { sk: _, ...entry } = readable("entry", item);
  return entry as unknown as Entry;
}
