/**
 * Shares the lines of an archive out among cores. Each core has one batch at a time, and the outcomes come back in the
 * order of the batches, so the same archive gives the same answer on any number of cores. At most a few batches are in
 * memory.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { UsageError } from "../../stack/usage-error.ts";
import type { Line } from "../replay/line.ts";
import { type OutcomeOf, type Task, type TaskKind, workOf } from "./tasks.ts";

/**
 * An archive with fewer customers is read without threads, because starting a thread would take longer. To read the
 * reports of a customer takes much less time than to replay the customer.
 */
const alones: Readonly<Record<TaskKind, number>> = { replay: 200, forecast: 200, rates: 20_000 };
const BATCH = 50;

/** In a package, the program is built: the worker is a file beside it. */
const workerFile = import.meta.url.endsWith(".ts")
  ? new URL("./archive-worker.ts", import.meta.url)
  : new URL("../archive-worker.js", import.meta.url);

export async function* onCores<K extends TaskKind>(
  lines: AsyncIterable<Line>,
  task: Task<K>,
  cores: number,
): AsyncGenerator<OutcomeOf<K>> {
  const work = await workOf(task);
  const batches = batchesOf(lines);
  for (let alone = 0; cores <= 1 || alone < alones[task.kind]; alone += BATCH) {
    const { done, value } = await batches.next();
    if (done) return;
    yield await work(value);
  }
  const workers = Array.from({ length: cores }, () => new Worker(workerFile, { workerData: task, execArgv: [] }));
  const free = [...workers];
  const busy = new Set<Promise<OutcomeOf<K>>>();
  const inOrder: Promise<OutcomeOf<K>>[] = [];
  try {
    for await (const batch of batches) {
      while (free.length === 0) await Promise.race(busy);
      const worker = free.shift() as Worker;
      const worked = workOn<K>(worker, batch);
      busy.add(worked);
      inOrder.push(worked);
      const isDone = () => {
        busy.delete(worked);
        free.push(worker);
      };
      // A failure is thrown where the outcome is awaited.
      worked.then(isDone, isDone);
      while (inOrder.length >= 4 * cores) yield (await inOrder.shift()) as OutcomeOf<K>;
    }
    for (const worked of inOrder) yield await worked;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function workOn<K extends TaskKind>(worker: Worker, batch: readonly Line[]): Promise<OutcomeOf<K>> {
  worker.postMessage(batch);
  // Rejects when the worker fails.
  const [outcome] = await once(worker, "message");
  return outcome;
}

async function* batchesOf(lines: AsyncIterable<Line>): AsyncGenerator<readonly Line[], undefined> {
  let batch: Line[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export const coresOption = ["--cores <number>", "how many cores to use (default: all)"] as const;

export function coresOf(given: string | boolean | undefined): number {
  if (given === undefined) return availableParallelism();
  const [digits] = /^[1-9]\d{0,2}$/.exec(String(given)) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new UsageError(`--cores takes a number from 1 to 999, not "${given}".`);
}
