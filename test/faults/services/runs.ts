/**
 * Audience runs under faults: executions of `statemachines/audience-run.asl.json` whose tasks may die or come twice, and
 * the queue of their customers. A fault can also make an execution disappear; the reconciler starts another one.
 */

import { receiveEvent } from "../../../lambdas/app/receive/receive-event.ts";
import type { Entries } from "../../../lambdas/app/run-ports.ts";
import { considerPart } from "../../../lambdas/app/runs/consider-part.ts";
import { planRun, type RunStart } from "../../../lambdas/app/runs/plan-run.ts";
import type { RunExecutions } from "../../../lambdas/app/runs/reconcile-runs.ts";
import { type Look, sumUp } from "../../../lambdas/app/runs/sum-up.ts";
import type { RunRef } from "../../../lambdas/domain/schedule/audience-run.ts";
import type { Occurrence } from "../../../lambdas/domain/schedule/occurrence.ts";
import { type RunDelivery, runDelivery, runDeliveryIn } from "../../../lambdas/domain/schedule/run-delivery.ts";
import type { RunRecord } from "../../../lambdas/domain/schedule/run-record.ts";
import { type Time, toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import { MemoryRuns } from "../../../simulator/memory-runs.ts";
import type { MemoryStore } from "../../../simulator/memory-store.ts";
import { aimOf, type Scenario } from "../../../simulator/scenario.ts";
import type { Deliveries } from "./deliveries.ts";
import type { FaultPorts, Faults } from "./faults.ts";
import type { Scheduler } from "./scheduler.ts";

/** Several parts work at the same time. */
const PARTS = 2;

interface Parts {
  readonly execution: string;
  readonly of: RunRecord;
}

export class VolatileRuns implements RunExecutions {
  readonly runs: MemoryRuns;
  readonly entries: Entries;
  /** Runs of one journey that were under way at the same time. */
  readonly atOnce: string[] = [];
  private readonly running = new Set<string>();
  private readonly started = new Set<string>();
  private readonly scheduler: Scheduler;
  private readonly faults: Faults;
  private readonly deliveries: () => Deliveries;

  constructor(store: MemoryStore, scheduler: Scheduler, faults: Faults, deliveries: () => Deliveries) {
    this.runs = new MemoryRuns(store);
    this.watch(this.runs.records);
    this.scheduler = scheduler;
    this.faults = faults;
    this.deliveries = deliveries;
    this.entries = {
      add: async (ref, customerIds) => {
        for (const customerId of customerIds) this.receive({ ...ref, customerId });
      },
    };
  }

  private watch(records: Map<string, RunRecord>): void {
    const { set } = records;
    records.set = (runId, run) => {
      set.call(records, runId, run);
      const same = [...records.values()].filter(
        ({ journeyId, state }) => journeyId === run.journeyId && state === "under-way",
      );
      if (same.length > 1) this.atOnce.push(same.map((each) => each.runId).join(" and "));
      return records;
    };
  }

  /** A person asks for a run. */
  ask(entry: NonNullable<Scenario["entries"]>[number]): void {
    const { journey: journeyId, customers } = entry;
    const runId = `${journeyId}-${this.runs.records.size + 1}`;
    if (customers) {
      const size = Math.ceil(customers.length / PARTS);
      const lists = Array.from({ length: PARTS }, (_, part) => customers.slice(part * size, (part + 1) * size));
      this.runs.lists.set(runId, lists);
    }
    const aim = customers ? ({ kind: "customers", customerIds: [] } as const) : aimOf(entry);
    const startedAt = this.scheduler.now();
    this.runs.records.set(runId, { journeyId, runId, startedAt, aim, state: "asked", version: 0, parts: PARTS });
    this.start({ journeyId, runId, asked: true }, `${runId}-1`);
  }

  /** A person cancels the nth run, if there is one. */
  cancel(nth: number): void {
    const run = [...this.runs.records.values()][nth];
    if (run) this.deliveries().deliver("people", (ports) => ports.runs.cancel(run, ports.clock.now()));
  }

  async isRunning(execution: string) {
    return this.running.has(execution);
  }

  async restart({ journeyId, runId }: RunRef, lost: string, when: string) {
    this.start({ journeyId, runId }, `${lost}-again-${when}`);
  }

  async begin({ journeyId, runId }: RunRef, when: string) {
    this.start({ journeyId, runId, asked: true }, `${runId}-${when}`);
  }

  async makeUp(journeyId: string, missed: Occurrence, when: string) {
    this.start({ journeyId, ...missed }, `${journeyId}-${missed.at}-${when}`);
  }

  /** Puts a customer on the queue a second time. `false`: the delivery is not one of a run. */
  requeue(delivery: string, seconds: number): boolean {
    const run = runDeliveryIn(delivery);
    if (run) this.scheduler.after(seconds, () => this.receive(run));
    return run !== undefined;
  }

  private receive(run: RunDelivery): void {
    const put = async () => {
      throw new Error(`${run.customerId} of ${run.runId} was put aside.`);
    };
    this.deliveries().deliver("queue", (ports) =>
      receiveEvent(runDelivery(run), {}, { ...ports, deadLetters: { put } }),
    );
  }

  private start(given: RunStart, execution: string): void {
    if (this.started.has(execution)) return;
    this.started.add(execution);
    this.running.add(execution);
    const lost = this.faults.toExecution();
    if (lost) this.scheduler.after(lost.seconds, () => this.running.delete(execution));
    this.task(execution, async (ports) => {
      const planned = await planRun(given, execution, ports);
      if (!planned) return void this.running.delete(execution);
      this.consider({ execution, of: planned as RunRecord });
    });
  }

  private consider(parts: Parts): void {
    let left = parts.of.parts;
    const done = () => {
      if (--left === 0) this.sumUp(parts, undefined);
    };
    for (let part = 0; part < parts.of.parts; part++) this.considerPart(parts, part, done);
  }

  private considerPart(parts: Parts, part: number, done: () => void): void {
    const again = () => this.considerPart(parts, part, done);
    this.task(parts.execution, async (ports) => {
      const instruction = await considerPart({ ...parts.of, part }, ports);
      if (instruction.next === "done") done();
      else if (instruction.next === "wait") this.waitUntil(instruction.until, again);
      else again();
    });
  }

  private sumUp(parts: Parts, look: Look | undefined): void {
    this.task(parts.execution, async (ports) => {
      const sum = await sumUp(parts.of, look, ports);
      if (sum.next === "consider") this.consider(parts);
      else if (sum.next === "wait") this.waitUntil(sum.until, () => this.sumUp(parts, sum));
      else this.running.delete(parts.execution);
    });
  }

  /** A task that dies comes again, while its execution is there. */
  private task(execution: string, work: (ports: FaultPorts) => Promise<void>): void {
    this.deliveries().deliver("run", async (ports) => {
      if (this.running.has(execution)) await work(ports);
    });
  }

  /** A clock may be wrong: the machine waits at least for a second. */
  private waitUntil(time: Time, then: () => void): void {
    const seconds = (toMilliseconds(time) - toMilliseconds(this.scheduler.now())) / 1000;
    this.scheduler.after(Math.max(1, seconds), then);
  }
}
