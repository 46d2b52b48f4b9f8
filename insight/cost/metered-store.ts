/** A store that reports the DynamoDB requests of each call, as the adapter would make them. */
import {
  addressItem,
  customerItem,
  enrollmentItem,
  entryItem,
  eventItem,
  type Item,
  runEntryItem,
  sendsItem,
} from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { writesOf } from "../../lambdas/adapters/dynamodb/writes.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import type { Change, Store } from "../../lambdas/app/store.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { plus } from "../../lambdas/domain/time/time.ts";
import { itemSize, readUnits, writeUnits } from "./capacity.ts";
import type { WrittenItems } from "./written-items.ts";

const RETENTION_DAYS = 400;
const KEYS_PER_REQUEST = 25;

/** The simulator's ids are short. On AWS, event ids are UUIDs, and a task token has about this length. */
const DELIVERY_ID = "x".repeat(36);
const TOKEN = "x".repeat(700);

function asStored(enrollment: Enrollment): Enrollment {
  const { trigger, position } = enrollment;
  const { waiting } = position;
  return {
    ...enrollment,
    trigger: { ...trigger, deliveryId: DELIVERY_ID },
    position: waiting?.token === undefined ? position : { ...position, waiting: { ...waiting, token: TOKEN } },
  };
}

/** The change with ids and tokens of the length that they have on AWS. */
export function asOnAws(change: Change): Change {
  if (change.kind === "enrollment" || change.kind === "closing")
    return { ...change, enrollment: asStored(change.enrollment) };
  if (change.kind === "event") return { ...change, event: { ...change.event, deliveryId: DELIVERY_ID } };
  return change;
}

export interface Units {
  readonly requests?: number;
  readonly write?: number;
  readonly read?: number;
  readonly entries?: number;
  readonly parts?: number;
}

/** Reports a request: the API, its subject and its units. Without `units`, one request without units is reported. */
export type Note = (api: string, what: string, units?: Units) => void;

export function meteredStore({ store, clock }: Ports, items: WrittenItems, note: Note): Store {
  const now = () => clock.now();

  function read(api: "GetItem" | "Query", what: string, found: readonly (Item | undefined)[], consistent = true): void {
    const bytes = found.reduce((sum, item) => sum + (item ? itemSize(item) : 0), 0);
    note(api, what, { read: readUnits(bytes, consistent) });
  }

  function enrollmentsRead(enrollments: readonly Enrollment[]): readonly Enrollment[] {
    const items = enrollments.map((each) => enrollmentItem(asStored(each)));
    read("Query", "enrollments", items);
    return enrollments;
  }

  /** Reports the write; the function that it returns records that the write succeeded. */
  function write(changes: readonly Change[]): () => void {
    const settings = { customers: "customers", counters: "counters", eventRetentionDays: RETENTION_DAYS, now };
    const writes = writesOf(changes.map(asOnAws), settings);
    if (writes.length === 0) return () => {};
    const alone = writes.length === 1 && writes[0]?.Put !== undefined;
    note(alone ? "PutItem" : "TransactWriteItems", changes.map(({ kind }) => kind).join(" + "), {
      write: items.units(writes, !alone),
    });
    return () => items.stored(writes);
  }

  return {
    customer: async (customerId) => {
      const customer = await store.customer(customerId);
      read("GetItem", "customer", [customer.revision > 0 ? customerItem(customer) : undefined]);
      return customer;
    },
    sendLog: async (customerId) => {
      const sends = await store.sendLog(customerId);
      read("GetItem", "sends", [sends.revision > 0 ? sendsItem(sends) : undefined]);
      return sends;
    },
    addressFacts: async (address) => {
      const facts = await store.addressFacts(address);
      read("GetItem", "delivery", [facts.revision > 0 ? addressItem(facts) : undefined]);
      return facts;
    },
    enrollment: async (ref) => {
      const enrollment = await store.enrollment(ref);
      if (!enrollment || enrollment.closed) read("GetItem", "enrollment", []);
      read("GetItem", "enrollment", [enrollment && enrollmentItem(asStored(enrollment))]);
      return enrollment;
    },
    openEnrollment: async (ref) => {
      const enrollment = await store.openEnrollment(ref);
      read("GetItem", "enrollment", [enrollment && enrollmentItem(asStored(enrollment))]);
      return enrollment;
    },
    enrollments: async (customerId) => enrollmentsRead(await store.enrollments(customerId)),
    openEnrollments: async (customerId) => enrollmentsRead(await store.openEnrollments(customerId)),
    entry: async (customerId, journeyId, key) => {
      const entry = await store.entry(customerId, journeyId, key);
      read("GetItem", "entry", [entry && entryItem(entry)]);
      return entry;
    },
    event: async (customerId, eventId) => {
      const event = await store.event(customerId, eventId);
      read("GetItem", "event", [event && eventItem(event, now(), RETENTION_DAYS)], false);
      if (!event) read("GetItem", "event", []);
      return event;
    },
    events: async (customerId, name, after) => {
      const events = await store.events(customerId, name, after);
      const items = events.map((event) => eventItem(event, now(), RETENTION_DAYS));
      read("Query", "events", items);
      return events;
    },
    considered: async (customerId, runId) => {
      const entry = await store.considered(customerId, runId);
      read("GetItem", "considered", [entry && runEntryItem(entry)]);
      return entry;
    },
    keepEvent: async (customerId, storedId, since, until) => {
      const event = await store.event(customerId, storedId);
      // The write changes the item and its copy in the local index.
      if (event && until > plus(since, `P${RETENTION_DAYS}D`))
        note("UpdateItem", "event", { write: 2 * writeUnits(itemSize(eventItem(event, now(), RETENTION_DAYS))) });
      await store.keepEvent(customerId, storedId, since, until);
    },
    commit: async (changes) => {
      const stored = write(changes);
      await store.commit(changes);
      stored();
    },
    erase: async (customerId, until) => {
      const enrollments = await store.enrollments(customerId);
      read("Query", "everything", enrollments.map(enrollmentItem));
      note("BatchWriteItem", "erased", { requests: Math.ceil(1 / KEYS_PER_REQUEST), write: 1 });
      await store.erase(customerId, until);
    },
    inside: (journeyId, part, after) => store.inside(journeyId, part, after),
    overdue: (before, held) => store.overdue(before, held),
    unstopped: () => store.unstopped(),
    parked: (journeyId, part) => store.parked(journeyId, part),
  };
}
