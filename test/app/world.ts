/**
 * The use cases on memory. Stored changes come back through the stream, published events come back from the bus, and
 * executions walk. A crashed call is repeated, as queues, streams and the state machine repeat it.
 */

import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { evaluateChange } from "../../lambdas/app/exits/evaluate-change.ts";
import type { Executions, Inbox, Ports } from "../../lambdas/app/ports.ts";
import type { Publication } from "../../lambdas/app/publication.ts";
import { publishJourney } from "../../lambdas/app/publish/publish-journey.ts";
import type { Claim, Mail } from "../../lambdas/app/sending-ports.ts";
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import { addCounts, type Counts, countsOf } from "../../lambdas/domain/counters/counts.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { type CustomerEvent, parseEvent, SYSTEM_SOURCE } from "../../lambdas/domain/events/event.ts";
import type { PublishedEvent } from "../../lambdas/domain/events/system-events.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import { MemoryJourneys, MemoryTemplates } from "../../simulator/memory-journeys.ts";
import { memoryPorts } from "../../simulator/memory-ports.ts";
import { MemoryEntries, MemoryRuns } from "../../simulator/memory-runs.ts";
import { immediateStatusTasks } from "../../simulator/memory-status.ts";
import { MemoryStore } from "../../simulator/memory-store.ts";
import { VirtualExecutions } from "../../simulator/virtual-executions.ts";
import { hello, on, receipt, sms } from "../behaviour/scenario-of.ts";
import { type Crash, crashing, RetryingClock } from "./crashes.ts";

export const START = on("01-05 10:00");

export class World {
  readonly clock = new RetryingClock(START);
  readonly journeys = new MemoryJourneys();
  readonly templates = new MemoryTemplates();
  /** The calls of the executions port, such as "start 1" or "signal TOKEN". */
  readonly asked: string[] = [];
  readonly sent: { readonly message: OutgoingMessage; readonly claim: Claim }[] = [];
  readonly published: PublishedEvent[] = [];
  /** The deliveries that are to be repeated, and after how many seconds. */
  readonly later: { readonly delivery: string; readonly seconds: number }[] = [];
  readonly inbox: Inbox = {
    requeue: async (delivery, seconds) => {
      this.later.push({ delivery, seconds });
    },
  };
  readonly store: MemoryStore;
  readonly runs: MemoryRuns;
  /** The queue of audience runs. */
  readonly entries = new MemoryEntries();
  readonly ports: Ports;
  private deliveries = 0;

  /** `still`: executions do not run by themselves; the test advances them. */
  constructor({ send, crash, still = false }: { send?: Mail["send"]; crash?: Crash; still?: boolean } = {}) {
    this.store = new MemoryStore((stored) => {
      if (stored.kind !== "reason") this.clock.follow(() => evaluateChange(stored, this.ports));
    });
    this.runs = new MemoryRuns(this.store);
    const mail: Mail = {
      send: async (message, claim) => {
        this.sent.push({ message, claim });
        return send ? send(message, claim) : { sent: true };
      },
    };
    const bus = {
      publish: async (events: readonly PublishedEvent[]) => {
        this.published.push(...events);
        for (const event of events) this.bring(event);
      },
    };
    const { clock, store, journeys, templates, asked, runs, entries } = this;
    const walking = new VirtualExecutions(clock);
    const executions: Executions = {
      start: async (ref, attempt) => {
        asked.push(`start ${attempt}`);
        if (!still) await walking.start(ref, attempt);
      },
      stop: async (ref, attempt) => {
        asked.push(`stop ${attempt}`);
        await walking.stop(ref, attempt);
      },
      signal: async (token) => {
        asked.push(`signal ${token}`);
        return walking.signal(token);
      },
      isRunning: (ref, attempt) => walking.isRunning(ref, attempt),
    };
    const statusTasks = immediateStatusTasks(() => this.ports);
    /** The service gives each message an id of its own. */
    const numbered = (prefix: string): Mail => ({
      send: async (message, claim) => {
        const result = await mail.send(message, claim);
        return result.sent ? { ...result, serviceId: `${prefix}.${claim.messageId}` } : result;
      },
    });
    const ports = memoryPorts(store, {
      clock,
      journeys,
      templates,
      executions,
      statusTasks,
      mail,
      sms: numbered("text"),
      whatsapp: numbered("wamid"),
      bus,
      runs,
      entries,
    });
    this.ports = crash ? crashing(ports, crash) : ports;
    walking.ports = this.ports;
    for (const template of [hello, receipt, sms]) this.put(template);
  }

  put(template: Readonly<Record<string, unknown>>): void {
    this.templates.put(template as Template);
  }

  /** Publishes a journey, and throws when it has problems. */
  async publish(document: Readonly<Record<string, unknown>>): Promise<Publication> {
    const publication = await publishJourney(String(document.id), document, this.ports);
    if (publication.state === "rejected") throw new Error(JSON.stringify(publication.problems));
    return publication;
  }

  /** Makes a journey live without the cost of a check, for tests with many worlds. */
  async adopt(journey: Journey): Promise<void> {
    await this.journeys.freeze(journey, 1);
    const publication = { state: "published", version: 1, at: START, problems: [] } as const;
    await this.journeys.publish(journey.id, { version: 1, journey }, publication);
  }

  /** Delivers an event now. Its consequences follow when the world runs. */
  happens(name: string, more: Partial<CustomerEvent> = {}): CustomerEvent {
    const event = eventOf(name, { time: this.clock.now(), ...more });
    this.clock.plan(this.clock.now(), "world", async () => {
      await matchEvent(event, this.ports);
    });
    return event;
  }

  /** Runs everything that is due until a moment such as "01-06 10:00"; without a moment, everything that is due now. */
  async run(until?: string): Promise<void> {
    if (until !== undefined) this.clock.plan(on(until), "timer", async () => {});
    await this.clock.run(until === undefined ? this.clock.now() : on(until));
  }

  /** Lets a customer into the only journey, and returns the enrollment. */
  async enter(more: Partial<CustomerEvent> = {}): Promise<Enrollment> {
    await matchEvent(
      eventOf("start", { time: this.clock.now(), changes: { email: "ann@shop.example" }, ...more }),
      this.ports,
    );
    return this.only(more.customerId);
  }

  async only(customerId = "c-1"): Promise<Enrollment> {
    const [enrollment, ...others] = await this.store.enrollments(customerId);
    if (!enrollment || others.length > 0) throw new Error(`${others.length + 1} enrollments`);
    return enrollment;
  }

  reasons(customerId = "c-1"): string[] {
    const partition = [...this.store.all()].find(({ customer }) => customer.customerId === customerId);
    return [...(partition?.reasons.values() ?? [])].map(({ reason }) => reason);
  }

  /** The expected counters: a recount of every enrollment's log. */
  recount(): Record<string, Counts> {
    const counts: Record<string, Counts> = {};
    for (const { enrollments } of this.store.all())
      for (const enrollment of enrollments.values()) {
        const { journeyId } = enrollment;
        counts[journeyId] = addCounts(counts[journeyId] ?? {}, countsOf(enrollment));
      }
    return counts;
  }

  counted(): Record<string, Counts> {
    return Object.fromEntries([...this.store.counts].flatMap(([id, counts]) => kept(id, counts)));
  }

  private bring({ name, ...detail }: PublishedEvent): void {
    const envelope = { source: SYSTEM_SOURCE, "detail-type": name, time: detail.time, detail };
    const parsed = parseEvent({ ...envelope, id: `bus-${this.deliveries++}` }, { now: this.clock.now() });
    if (!("event" in parsed)) throw new Error(JSON.stringify(parsed.problems));
    this.clock.follow(async () => {
      await matchEvent(parsed.event, this.ports);
    });
  }
}

/** The checked journey; throws when the document has problems. */
export function good(document: unknown): Journey {
  const checked = checkJourney(document, new Set(["hello", "receipt", "sms"]));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.value;
}

let named = 0;

export function eventOf(name: string, more: Partial<CustomerEvent> = {}): CustomerEvent {
  const id = more.id ?? `event-${named++}`;
  return {
    id,
    name,
    customerId: "c-1",
    time: START,
    data: {},
    deliveryId: `of-${id}`,
    hops: 0,
    system: false,
    ...more,
  };
}

/** The counts without those of erased customers, whose logs are gone. */
function kept(journeyId: string, counts: Counts): [string, Counts][] {
  const left = Object.entries(counts).flatMap(([name, count]): [string, number][] => {
    const erased = counts[`erased.${name}`] ?? 0;
    return name.startsWith("erased.") || count === erased ? [] : [[name, count - erased]];
  });
  return left.length > 0 ? [[journeyId, Object.fromEntries(left)]] : [];
}
