/** A core: a worker thread that does one batch of lines after the other. */
import { parentPort, workerData } from "node:worker_threads";
import type { Line } from "../replay/line.ts";
import { type Task, type TaskKind, workOf } from "./tasks.ts";

const work = await workOf(workerData as Task<TaskKind>);
parentPort?.on("message", (lines: readonly Line[]) => {
  // A failed promise ends the worker with an error, which the command receives.
  void work(lines).then((outcome) => parentPort?.postMessage(outcome));
});
