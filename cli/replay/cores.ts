/**
 * Shares the batches of a replay out among cores. Each core has one batch at a time, and the outcomes come back in the
 * order of the batches, so the same archive gives the same answer on any number of cores. At most a few batches are in
 * memory.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Batch, Comparer, Outcome, Setup } from "./comparer.ts";

/** An archive with fewer customers is replayed without threads, because starting a thread would take longer. */
const ALONE = 200;
const BATCH = 50;

/** In a package, the program is built: the worker is a file beside it. */
const workerFile = import.meta.url.endsWith(".ts")
  ? new URL("./replay-worker.ts", import.meta.url)
  : new URL("../replay-worker.js", import.meta.url);

export async function* onCores(
  lines: AsyncIterable<string>,
  { setup, comparer, cores }: { readonly setup: Setup; readonly comparer: Comparer; readonly cores: number },
): AsyncGenerator<Outcome> {
  const batches = batchesOf(lines);
  for (let alone = 0; cores <= 1 || alone < ALONE; alone += BATCH) {
    const { done, value } = await batches.next();
    if (done) return;
    yield comparer.compare(value);
  }
  const workers = Array.from({ length: cores }, () => new Worker(workerFile, { workerData: setup, execArgv: [] }));
  const free = [...workers];
  const busy = new Set<Promise<Outcome>>();
  const inOrder: Promise<Outcome>[] = [];
  try {
    for await (const batch of batches) {
      while (free.length === 0) await Promise.race(busy);
      const worker = free.shift() as Worker;
      const compared = compareOn(worker, batch);
      busy.add(compared);
      inOrder.push(compared);
      const isDone = () => {
        busy.delete(compared);
        free.push(worker);
      };
      // A failure is thrown where the outcome is awaited.
      compared.then(isDone, isDone);
      while (inOrder.length >= 4 * cores) yield (await inOrder.shift()) as Outcome;
    }
    for (const compared of inOrder) yield await compared;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function compareOn(worker: Worker, batch: Batch): Promise<Outcome> {
  worker.postMessage(batch);
  // Rejects when the worker fails.
  const [outcome] = await once(worker, "message");
  return outcome;
}

async function* batchesOf(lines: AsyncIterable<string>): AsyncGenerator<Batch, undefined> {
  // The first line of the file is the header.
  let first = 2;
  let batch: string[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield { first, lines: batch };
    first += batch.length;
    batch = [];
  }
  if (batch.length > 0) yield { first, lines: batch };
}
