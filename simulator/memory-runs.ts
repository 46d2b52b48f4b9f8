/** The audience runs in memory: what the table stores of them, and the queue of their customers. */
import { ConflictError } from "../lambdas/app/errors.ts";
import type { Entries, Profiles, Runs } from "../lambdas/app/run-ports.ts";
import { hasProfile } from "../lambdas/domain/customer/customer.ts";
import type { RunRef } from "../lambdas/domain/schedule/audience-run.ts";
import type { Turns } from "../lambdas/domain/schedule/run-rate.ts";
import type { RunPart, RunProgress, RunRecord } from "../lambdas/domain/schedule/run-record.ts";
import type { Time } from "../lambdas/domain/time/time.ts";
import { share } from "../lambdas/domain/values/hash.ts";
import type { MemoryStore } from "./memory-store.ts";

export class MemoryRuns implements Runs {
  readonly records = new Map<string, RunRecord>();
  /** The parts of the lists that persons gave, by run. */
  readonly lists = new Map<string, readonly (readonly string[])[]>();
  private readonly parts = new Map<string, RunPart>();
  private readonly taken = new Map<string, Turns>();
  private readonly store: Pick<MemoryStore, "runCounts">;

  constructor(store: Pick<MemoryStore, "runCounts">) {
    this.store = store;
  }

  async get({ runId }: RunRef) {
    return this.records.get(runId);
  }

  async begin(run: RunRecord) {
    const other = [...this.records.values()].find(
      ({ journeyId, runId, state }) => journeyId === run.journeyId && runId !== run.runId && state === "under-way",
    );
    if (other) return other;
    const { state, version, execution } = run;
    const stored = this.records.get(run.runId);
    if (stored?.state === "ended" || stored?.state === "skipped") throw new ConflictError("the run is over");
    this.records.set(run.runId, stored ? { ...stored, state, version, ...(execution && { execution }) } : run);
    return undefined;
  }

  async note(run: RunRecord) {
    const { state, skippedFor } = run;
    const stored = this.records.get(run.runId);
    if (!stored) this.records.set(run.runId, run);
    else if (stored.state === "asked") this.change(run, { state, ...(skippedFor !== undefined && { skippedFor }) });
  }

  async cancel(ref: RunRef, cancelledAt: Time) {
    this.change(ref, { cancelledAt });
  }

  async end(ref: RunRef, endedAt: Time, { result, waiting }: RunProgress) {
    this.change(ref, { state: "ended", endedAt, result, undecided: waiting });
  }

  async ofJourney(journeyId: string) {
    const runs = [...this.records.values()].filter((run) => run.journeyId === journeyId);
    return runs.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  }

  async underWay() {
    return [...this.records.values()].filter(({ state }) => state === "under-way");
  }

  async asked(since: Time) {
    return [...this.records.values()].filter(({ state, startedAt }) => state === "asked" && startedAt >= since);
  }

  async part({ runId }: RunRef, part: number) {
    return this.parts.get(`${runId} ${part}`);
  }

  async putPart(part: RunPart) {
    const name = `${part.runId} ${part.part}`;
    if ((this.parts.get(name)?.revision ?? 0) !== part.revision - 1) throw new ConflictError("the part has changed");
    this.parts.set(name, part);
  }

  async counts({ runId }: RunRef) {
    return this.store.runCounts.get(runId) ?? {};
  }

  async list({ runId }: RunRef, part: number) {
    return this.lists.get(runId)?.[part] ?? [];
  }

  async turns({ runId }: RunRef) {
    return this.taken.get(runId);
  }

  async putTurns({ runId }: RunRef, turns: Turns) {
    if ((this.taken.get(runId)?.revision ?? 0) !== turns.revision - 1) throw new ConflictError("a turn was taken");
    this.taken.set(runId, turns);
  }

  private change({ runId }: RunRef, change: Partial<RunRecord>): void {
    const stored = this.records.get(runId);
    if (stored) this.records.set(runId, { ...stored, ...change });
  }
}

/** `size`: the customers of a page. */
export function memoryProfiles(store: Pick<MemoryStore, "all">, size = 100): Profiles {
  return {
    async page(part, parts, after) {
      const of = [...store.all()]
        .map(({ customer }) => customer)
        .filter((customer) => hasProfile(customer) && Math.floor((share(customer.customerId) * parts) / 100) === part)
        .sort((a, b) => (a.customerId < b.customerId ? -1 : 1))
        .filter(({ customerId }) => after === undefined || customerId > after);
      const customers = of.slice(0, size);
      const last = customers.at(-1);
      const places = customers.map(({ customerId }) => customerId);
      return { customers, places, ...(of.length > size && last && { next: last.customerId }) };
    },
  };
}

/** The queue of customers, which the test or the simulator delivers. */
export class MemoryEntries implements Entries {
  readonly queue: (RunRef & { readonly customerId: string })[] = [];

  async add({ journeyId, runId }: RunRef, customerIds: readonly string[]) {
    this.queue.push(...customerIds.map((customerId) => ({ journeyId, runId, customerId })));
  }
}
