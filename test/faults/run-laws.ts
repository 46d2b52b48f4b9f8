/** The laws that audience runs must keep in the end: each customer was considered once, whatever died meanwhile. */
import { runProgress } from "../../lambdas/app/runs/sum-up.ts";
import type { RunResult } from "../../lambdas/domain/schedule/audience-run.ts";
import type { RunRecord } from "../../lambdas/domain/schedule/run-record.ts";
import { canonical, type Json } from "../../lambdas/domain/values/json.ts";
import type { FaultWorld } from "./world.ts";

export const runLaws = {
  *"at most one run of a journey is under way"({ runs }: FaultWorld): Iterable<string> {
    yield* runs.atOnce;
  },

  async *"a run ends, and considers each of its customers once"(world: FaultWorld): AsyncIterable<string> {
    const { runs } = world.runs;
    // What was decided about an erased customer is erased too: a repeated delivery decides, and counts, anew.
    const erased = [...world.store.all()].filter(({ customer }) => customer.deletedAt !== undefined).length;
    const isWhole = erased === 0;
    for (const run of runs.records.values()) {
      const { runId, state, result, undecided } = run;
      const { result: found, waiting } = await runProgress(run, { runs });
      if (state === "skipped") {
        if (found.considered > 0) yield `${runId} was skipped and considered ${found.considered}`;
        continue;
      }
      if (state !== "ended" || !result) yield `${runId} is ${state}`;
      else if (undecided === 0 && isWhole && show(result) !== show(found))
        yield `${runId} counts ${show(result)}, not ${show(found)}`;
      if (waiting !== 0) yield `${runId} has decided about all customers of the queue but ${waiting}`;
      const { outside = 0 } = await runs.counts(run);
      const [least, most] = await customersOf(run, world);
      const decided = found.considered + outside;
      if (decided < least || decided > most + erased)
        yield `${runId} decided about ${decided} customers, not ${least} to ${most}`;
    }
  },

  async *"a run refuses nobody because of the journey's status while the journey is active"(
    world: FaultWorld,
  ): AsyncIterable<string> {
    const { runs } = world.runs;
    for (const run of runs.records.values()) {
      const { "not-active": refused = 0 } = (await runProgress(run, { runs })).result.refused;
      if (refused > 0 && world.memories.wasActive(run.journeyId, run.startedAt))
        yield `${run.runId} refused ${refused} customers as not-active`;
    }
  },

  async *"a run counts the customers whom it let in"({ runs: { runs }, store }: FaultWorld): AsyncIterable<string> {
    for (const run of runs.records.values()) {
      const { entered = 0 } = await runs.counts(run);
      const partitions = [...store.all()];
      const inside = partitions.flatMap(({ customer, enrollments }) =>
        [...enrollments.values()].filter(({ trigger }) => trigger.run === run.runId).map(() => customer.customerId),
      );
      if (new Set(inside).size !== inside.length) yield `${run.runId} let a customer in twice`;
      const erased = partitions.some(({ customer }) => customer.deletedAt !== undefined);
      if (inside.length > entered || (!erased && inside.length < entered))
        yield `${run.runId} counts ${entered} and let ${inside.length} in`;
    }
  },
};

/** The least and the largest number of customers that the run is about. */
async function customersOf(run: RunRecord, { runs, store }: FaultWorld): Promise<readonly [number, number]> {
  const all = [...store.all()].map(({ customer }) => customer);
  switch (run.aim.kind) {
    case "customers": {
      const { length } = (runs.runs.lists.get(run.runId) ?? []).flat();
      return [length, length];
    }
    case "all": {
      // A cancelled run leaves some out, and an erased customer may have no profile at this time.
      const certain = run.cancelledAt === undefined ? all.filter(isThereFromTheStart) : [];
      return [certain.length, all.length];
    }
    default:
      return [0, all.length];
  }
}

function isThereFromTheStart({ customerId, deletedAt }: { customerId: string; deletedAt?: string | undefined }) {
  return (customerId === "p" || customerId === "q") && deletedAt === undefined;
}

const show = (result: RunResult) => canonical(result as unknown as Json);
