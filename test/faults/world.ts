/**
 * Runs a scenario under faults: the production use cases over memory, with each delivery as its own caller. Deliveries are
 * retried as queues, streams and the state machine do. After the faults, the reconciler and time finish the rest.
 */

import { matchEvent } from "../../lambdas/app/entry/match-event.ts";
import { recheck } from "../../lambdas/app/entry/recheck.ts";
import { ThrottledError } from "../../lambdas/app/errors.ts";
import { applyStatus } from "../../lambdas/app/exits/apply-status.ts";
import { evaluateChange, type StoredChange } from "../../lambdas/app/exits/evaluate-change.ts";
import { reconcile } from "../../lambdas/app/exits/reconcile.ts";
import { THROTTLED_SECONDS } from "../../lambdas/app/receive/receive-event.ts";
import { reconcileRuns } from "../../lambdas/app/runs/reconcile-runs.ts";
import { parts } from "../../lambdas/domain/enrollment/part.ts";
import { type CustomerEvent, parseEvent, SYSTEM_SOURCE } from "../../lambdas/domain/events/event.ts";
import { isSystemEvent, type PublishedEvent } from "../../lambdas/domain/events/system-events.ts";
import { FIRST_SECONDS, type StatusTask, type StatusWork } from "../../lambdas/domain/journey/status-work.ts";
import { fromMilliseconds, type Time, toMilliseconds, toTime } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import { MemoryJourneys, MemoryTemplates } from "../../simulator/memory-journeys.ts";
import { memoryPorts, simulatedLinks } from "../../simulator/memory-ports.ts";
import { memoryProfiles } from "../../simulator/memory-runs.ts";
import { MemoryStore } from "../../simulator/memory-store.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { Lots } from "../fuzz/lots.ts";
import { Ledger } from "./ledger.ts";
import { planScenario } from "./plan-scenario.ts";
import { Channels, type Reports } from "./services/channels.ts";
import { checkedTemplate } from "./services/checked-template.ts";
import { Deliveries, type Source } from "./services/deliveries.ts";
import { VolatileExecutions } from "./services/executions.ts";
import { type Fault, type FaultPorts, Faults, faulty } from "./services/faults.ts";
import { Memories } from "./services/past.ts";
import { Buckets, type Quotas } from "./services/quotas.ts";
import { VolatileRuns } from "./services/runs.ts";
import { type Caller, Scheduler } from "./services/scheduler.ts";
import { ADDRESS_KEY } from "./texts/address-key.ts";
import type { Texts } from "./texts/inbound.ts";

export interface Life {
  readonly scenario: Scenario;
  readonly faults: readonly Fault[];
  /** Chooses the next caller; without it, callers run one after the other. */
  readonly lots?: Lots | undefined;
  readonly reports: Reports;
  /** What customers answer, and how the services of text channels behave. */
  readonly texts?: Texts | undefined;
  /** The customers who follow an unsubscribe link, and the times. */
  readonly unsubscribes?: readonly { readonly at: Time; readonly customerId: string }[];
  /** The migrations of the scenario's first journey, with their times. */
  readonly migrations?:
    | readonly { readonly at: Time; readonly to: number; readonly map: Readonly<Record<string, string>> }[]
    | undefined;
  /** The audience runs that a person cancels, by their number from 0, and the times. */
  readonly cancels?: readonly { readonly at: Time; readonly nth: number }[];
  /** Seconds until a failed call is retried; without it, the services' own times. */
  readonly again?: number;
  /** The quotas of AWS. Default: none. */
  readonly quotas?: Quotas | undefined;
  /** No fault strikes after this time. */
  readonly calm: Time;
  readonly until: Time;
}

/** An enrollment that is due within this time may be overdue when the reconciler runs. */
const RECONCILED_EVERY = 5 * 60_000;
/** The least milliseconds between two runs of the reconciler, which mostly has nothing to do. */
const LOOKS_EVERY = 3 * 3_600_000;
/**
 * A schedule with more steps counts as endless. The longest one that was seen ends after 417,395 steps: two customers in a
 * loop of 1,000 visits with a mail in each round, under quotas.
 */
const MOST_STEPS = 1_000_000;

export class FaultWorld {
  readonly store: MemoryStore;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly buckets: Buckets;
  readonly scheduler: Scheduler;
  readonly executions: VolatileExecutions;
  readonly journeys = new MemoryJourneys();
  readonly published: PublishedEvent[] = [];
  readonly deliveries: Deliveries;
  readonly runs: VolatileRuns;
  readonly channels: Channels;
  readonly life: Life;
  private readonly templates = new MemoryTemplates();
  readonly memories: Memories;
  private readonly ports: FaultPorts;
  private brought = 0;
  private begun = false;

  constructor(life: Life) {
    this.life = life;
    const { scenario, faults, lots } = life;
    const first = [
      ...(scenario.events ?? []),
      ...(scenario.edits ?? []),
      ...(scenario.statuses ?? []),
      ...(scenario.entries ?? []),
    ]
      .map(({ at }) => toTime(at) as Time)
      .sort()[0];
    this.scheduler = new Scheduler(first ?? life.calm, MOST_STEPS, lots);
    this.faults = new Faults(faults);
    this.buckets = new Buckets(life.quotas ?? {}, this.scheduler);
    this.memories = new Memories(this.scheduler, this.journeys);
    this.store = new MemoryStore((stored) => {
      if (stored.kind === "reason") return;
      if (stored.kind === "enrollment") this.memories.changed(stored.before, stored.after);
      this.fromStream(stored);
    });
    this.runs = new VolatileRuns(this.store, this.scheduler, this.faults, () => this.deliveries);
    this.ledger = new Ledger(this.store, this.journeys, () => this.scheduler.now());
    const portsOf = (caller: Caller, from?: Source) =>
      faulty(this.ports, from === "run" ? { store: this.memories.store } : this.memories, caller, this);
    this.deliveries = new Deliveries(this.scheduler, this.faults, portsOf, life.again);
    this.executions = new VolatileExecutions(
      this.scheduler,
      portsOf,
      () => this.faults.toExecution(),
      (error) => this.deliveries.note(error),
      life.again,
    );
    this.channels = new Channels({
      scheduler: this.scheduler,
      deliveries: () => this.deliveries,
      ledger: this.ledger,
      reports: life.reports,
      texts: life.texts,
      isBusy: () => this.scheduler.now() < life.calm,
    });
    this.ports = memoryPorts(this.store, {
      clock: this.scheduler,
      store: this.ledger.watching,
      journeys: new Proxy(this.journeys, {
        get: (target, member) => {
          const value = Reflect.get(target, member);
          if (typeof value !== "function") return value;
          return (...given: unknown[]) => {
            if (member === "publish" && this.begun) this.memories.replaced([...target.all()]);
            return Reflect.apply(value, target, given);
          };
        },
      }),
      templates: this.templates,
      executions: this.executions,
      runs: this.runs.runs,
      entries: this.runs.entries,
      profiles: memoryProfiles(this.store, 1),
      statusTasks: {
        begin: async (journeyId: string, work: StatusWork, since: Time, rules?: readonly string[]) => {
          for (const part of parts)
            this.scheduler.after(FIRST_SECONDS[work], () => this.applyStatus({ journeyId, work, since, part, rules }));
        },
        add: async (task: StatusTask, seconds: number) =>
          void this.scheduler.after(seconds, () => this.applyStatus(task)),
      },
      mail: this.channels.mail,
      sms: this.channels.sms,
      whatsapp: this.channels.whatsapp,
      addressKey: ADDRESS_KEY,
      events: { put: async (delivery: string) => this.accept(JSON.parse(delivery)) },
      bus: { publish: async (events: readonly PublishedEvent[]) => this.fromBus(events) },
      inbox: {
        requeue: async (delivery: string, seconds: number) => {
          if (this.runs.requeue(delivery, seconds)) return;
          const { event, again } = JSON.parse(delivery) as { event: CustomerEvent; again: boolean };
          this.scheduler.after(seconds, () => this.receive(event, again));
        },
      },
      unsubscribeLinks: simulatedLinks,
    });
  }

  async live(): Promise<void> {
    await planScenario(this);
    this.begun = true;
    const { scheduler, life } = this;
    scheduler.at(life.calm, () => this.faults.stop());
    scheduler.at(life.calm, () => this.lookAfter());
    this.lookAfterAgain(Math.max(LOOKS_EVERY, (toMilliseconds(life.until) - toMilliseconds(scheduler.now())) / 100));
    await scheduler.run(life.until);
    await this.ledger.close(this);
  }

  putTemplate(document: unknown): void {
    this.templates.put(checkedTemplate(document));
  }

  private fromBus(events: readonly PublishedEvent[]): void {
    this.published.push(...events);
    for (const { name, ...detail } of events)
      if (!isSystemEvent(name) || name === "customer.changed")
        this.bring(SYSTEM_SOURCE, name, this.scheduler.now(), detail);
  }

  bring(source: string, name: string, time: Time, detail: JsonObject | object): void {
    this.accept({ id: `delivery-${this.brought++}`, source, "detail-type": name, time, detail });
  }

  /** Takes an event from the bus or from the queue of events. */
  private accept(envelope: object): void {
    const { event } = parseEvent(envelope, { now: this.scheduler.now() }) as { event: CustomerEvent };
    this.ledger.event(event);
    this.receive(event, false);
  }

  private receive(event: CustomerEvent, again: boolean): void {
    this.deliveries.deliver("queue", async (ports) => {
      try {
        const seconds = await (again ? recheck : matchEvent)(event, ports);
        if (typeof seconds === "number") await ports.inbox.requeue(JSON.stringify({ event, again: true }), seconds);
      } catch (error) {
        if (!(error instanceof ThrottledError)) throw error;
        await ports.inbox.requeue(JSON.stringify({ event, again }), THROTTLED_SECONDS);
      }
    });
  }

  private applyStatus(task: StatusTask): void {
    this.deliveries.deliver("queue", (ports) => applyStatus(task, ports));
  }

  private fromStream(change: StoredChange): void {
    this.deliveries.deliver("stream", (ports) => evaluateChange(change, ports));
  }

  private lookAfterAgain(milliseconds: number): void {
    this.scheduler.after(milliseconds / 1000, () => {
      this.lookAfter();
      this.lookAfterAgain(milliseconds);
    });
  }

  /** Runs the reconciler, unless it clearly has nothing to do. */
  private lookAfter(): void {
    if ([...this.runs.runs.records.values()].some(({ state }) => state === "asked" || state === "under-way"))
      this.deliveries.deliver("reconciler", (ports) => reconcileRuns({ ...ports, runExecutions: this.runs }));
    const soon = fromMilliseconds(toMilliseconds(this.scheduler.now()) + RECONCILED_EVERY);
    for (const { enrollments } of this.store.all())
      for (const { dueAt } of enrollments.values())
        if (dueAt !== undefined && dueAt < soon) {
          this.deliveries.deliver("reconciler", (ports) => reconcile(100, ports));
          return;
        }
  }
}
