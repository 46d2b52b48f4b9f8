/** A core of a replay: a worker thread that compares one batch after the other. The command has checked the documents. */
import { parentPort, workerData } from "node:worker_threads";
import { type Batch, Comparer, type Setup } from "./comparer.ts";

const comparer = await Comparer.of(workerData as Setup);
if ("problems" in comparer) throw new Error(JSON.stringify(comparer.problems));
parentPort?.on("message", (batch: Batch) => {
  // A failed promise ends the worker with an error, which the command receives.
  void comparer.compare(batch).then((outcome) => parentPort?.postMessage(outcome));
});
