/**
 * Counts what the use cases would ask of AWS: put around the simulator's ports, it sees every call and works out the
 * requests that the adapters make of it, with the items that they would write.
 *
 * Journeys, their circuit breakers and templates are not counted: functions keep them for seconds, so what reading them
 * takes depends on how many functions are warm and not on how many customers there are.
 */
import {
  customerItem,
  enrollmentItem,
  entryItem,
  eventItem,
  type Item,
  sendsItem,
} from "../lambdas/adapters/customer-items.ts";
import { writesOf } from "../lambdas/adapters/writes.ts";
import type { Instruction } from "../lambdas/app/instruction.ts";
import type { Bus, Change, Executions, Mail, Ports, Store } from "../lambdas/app/ports.ts";
import type { Enrollment } from "../lambdas/domain/enrollment.ts";
import type { Instruments, SimulatedFunction } from "../simulator/instruments.ts";
import { itemSize, readUnits } from "./capacity.ts";
import { transitionsOf } from "./transitions.ts";
import { nameOf, type Usage, type Used } from "./usage.ts";
import { WrittenItems } from "./written-items.ts";

const RETENTION_DAYS = 400;
const ENTRIES_PER_REQUEST = 10;
const KEYS_PER_REQUEST = 25;

/** The simulator's ids are short. EventBridge's are UUIDs, and a task token of Step Functions takes about this much. */
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

/** With what is longer on AWS than in the simulator as long as it is there. */
export function asOnAws(change: Change): Change {
  if (change.kind === "enrollment") return { ...change, enrollment: asStored(change.enrollment) };
  if (change.kind === "event") return { ...change, event: { ...change.event, deliveryId: DELIVERY_ID } };
  return change;
}

interface Units {
  readonly requests?: number;
  readonly write?: number;
  readonly read?: number;
  readonly entries?: number;
}

export class Meter implements Instruments {
  private readonly used = new Map<string, Used>();
  private readonly calls: Record<string, number> = {};
  private readonly items = new WrittenItems();
  private transitions = 0;
  private caller = "";

  usage(): Usage {
    const requests = [...this.used.values()].map((used) => ({ ...used }));
    return { requests, calls: { ...this.calls }, transitions: this.transitions };
  }

  async call<T>(name: SimulatedFunction, run: () => Promise<T>): Promise<T> {
    this.calls[name] = (this.calls[name] ?? 0) + 1;
    this.caller = name;
    const result = await run();
    if (name === "advance") this.transitions += transitionsOf(result as Instruction);
    return result;
  }

  ports(ports: Ports): Ports {
    return {
      ...ports,
      store: this.store(ports),
      executions: this.executions(ports.executions),
      mail: this.mail(ports.mail),
      bus: this.bus(ports.bus),
    };
  }

  private note(api: string, what: string, { requests = 1, write = 0, read = 0, entries = 0 }: Units = {}): void {
    const key = { function: this.caller, api, what };
    const used = this.used.get(nameOf(key)) ?? { ...key, requests: 0, writeUnits: 0, readUnits: 0, entries: 0 };
    used.requests += requests;
    used.writeUnits += write;
    used.readUnits += read;
    used.entries += entries;
    this.used.set(nameOf(key), used);
  }

  private read(api: "GetItem" | "Query", what: string, found: readonly (Item | undefined)[], consistent = true): void {
    const bytes = found.reduce((sum, item) => sum + (item ? itemSize(item) : 0), 0);
    this.note(api, what, { read: readUnits(bytes, consistent) });
  }

  private write(changes: readonly Change[], now: () => string): () => void {
    const settings = { customers: "customers", counters: "counters", eventRetentionDays: RETENTION_DAYS, now };
    const writes = writesOf(changes.map(asOnAws), settings);
    if (writes.length === 0) return () => {};
    const alone = writes.length === 1 && writes[0]?.Put !== undefined;
    this.note(alone ? "PutItem" : "TransactWriteItems", changes.map(({ kind }) => kind).join(" + "), {
      write: this.items.units(writes, !alone),
    });
    return () => this.items.stored(writes);
  }

  private store({ store, clock }: Ports): Store {
    const { now } = clock;
    const clocked = () => now.call(clock);
    return {
      customer: async (customerId) => {
        const customer = await store.customer(customerId);
        this.read("GetItem", "customer", [customer.revision > 0 ? customerItem(customer) : undefined]);
        return customer;
      },
      sends: async (customerId) => {
        const sends = await store.sends(customerId);
        this.read("GetItem", "sends", [sends.revision > 0 ? sendsItem(sends) : undefined]);
        return sends;
      },
      enrollment: async (ref) => {
        const enrollment = await store.enrollment(ref);
        this.read("GetItem", "enrollment", [enrollment && enrollmentItem(asStored(enrollment))]);
        return enrollment;
      },
      enrollments: async (customerId) => {
        const enrollments = await store.enrollments(customerId);
        this.read(
          "Query",
          "enrollments",
          enrollments.map((each) => enrollmentItem(asStored(each))),
        );
        return enrollments;
      },
      entry: async (customerId, journeyId, key) => {
        const entry = await store.entry(customerId, journeyId, key);
        this.read("GetItem", "entry", [entry && entryItem(entry)]);
        return entry;
      },
      event: async (customerId, eventId) => {
        const event = await store.event(customerId, eventId);
        this.read("GetItem", "event", [event && eventItem(event, clocked(), RETENTION_DAYS)], false);
        if (!event) this.read("GetItem", "event", []);
        return event;
      },
      events: async (customerId, name, after) => {
        const events = await store.events(customerId, name, after);
        const items = events.map((event) => eventItem(event, clocked(), RETENTION_DAYS));
        this.read("Query", "events", items);
        return events;
      },
      commit: async (changes) => {
        const stored = this.write(changes, clocked);
        await store.commit(changes);
        stored();
      },
      erase: async (customerId, until) => {
        const enrollments = await store.enrollments(customerId);
        this.read("Query", "everything", enrollments.map(enrollmentItem));
        this.note("BatchWriteItem", "erased", { requests: Math.ceil(1 / KEYS_PER_REQUEST), write: 1 });
        await store.erase(customerId, until);
      },
      inside: (journeyId) => store.inside(journeyId),
      overdue: (before) => store.overdue(before),
    };
  }

  private executions(executions: Executions): Executions {
    return {
      start: (ref, attempt) => {
        this.note("StartExecution", "enrollment");
        return executions.start(ref, attempt);
      },
      stop: (ref, attempt) => {
        this.note("StopExecution", "enrollment");
        return executions.stop(ref, attempt);
      },
      signal: (token) => {
        this.note("SendTaskSuccess", "enrollment");
        return executions.signal(token);
      },
    };
  }

  private mail(mail: Mail): Mail {
    return {
      send: (message, claim) => {
        this.note("SendEmail", "message");
        return mail.send(message, claim);
      },
    };
  }

  private bus(bus: Bus): Bus {
    return {
      publish: (events) => {
        const requests = Math.ceil(events.length / ENTRIES_PER_REQUEST);
        this.note("PutEvents", events.map(({ name }) => name).join(" + "), { requests, entries: events.length });
        return bus.publish(events);
      },
    };
  }
}
